import { readFileSync } from "node:fs";
import { expect, leaves, login, test } from "./fixtures.ts";

test.describe("logging in", () => {
  test("leads to the list with a token", async ({ page }) => {
    await page.goto("/apps");
    await expect(page).toHaveURL(/\/login/);
    await page.getByRole("tab", { name: "Token" }).click();
    await page.getByLabel("Bearer token").fill(login("admin").token);
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible();
    await expect(page.getByRole("button", { name: /Logged in as .*:admin/ })).toBeVisible();
  });

  for (const name of ["team", "admin-certificate"] as const) {
    test(`leads to the overview with the kubeconfig of ${name}`, async ({ page }) => {
      await page.goto("/login");
      await page.getByRole("tab", { name: "Kubeconfig" }).click();
      await page.getByRole("textbox", { name: "Kubeconfig" }).fill(readFileSync(login(name).kubeconfig, "utf8"));
      await page.getByRole("button", { name: "Log in" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    });
  }

  test("works with a context of this machine, by keyboard alone", async ({ page }) => {
    await page.goto("/login");
    await page.getByRole("radio", { name: /^viewer/ }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Log in" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: /Logged in as .*:viewer/ })).toBeVisible();
  });

  test("says that a wrong token is not accepted, and what to do", async ({ page }) => {
    await page.goto("/login");
    await page.getByRole("tab", { name: "Token" }).click();
    await page.getByLabel("Bearer token").fill("not-a-token-of-this-cluster");
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: /token/i })).toBeVisible();
    await expect(page).toHaveURL(/\/login/);
  });

  test("says what is wrong with a broken kubeconfig, and keeps it for mending", async ({ page }) => {
    await page.goto("/login");
    await page.getByRole("tab", { name: "Kubeconfig" }).click();
    const field = page.getByRole("textbox", { name: "Kubeconfig" });
    for (const [text, message] of [
      ["clusters: [", /not valid YAML/],
      ["hello", /not a kubeconfig/],
      ["apiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts: []\n", /context/i],
    ] as const) {
      await field.fill(text);
      await page.getByRole("button", { name: "Log in" }).click();
      await expect(page.getByRole("alert").filter({ hasText: message })).toBeVisible();
      await expect(field).toHaveValue(text);
    }
  });

  test("refuses a kubeconfig that would run a program on the server", async ({ page }) => {
    const kubeconfig = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
      users: [
        {
          name: "u",
          user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "touch", args: ["/tmp/pwned"] } },
        },
      ],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    };
    await page.goto("/login");
    await page.getByRole("tab", { name: "Kubeconfig" }).click();
    await page.getByRole("textbox", { name: "Kubeconfig" }).fill(JSON.stringify(kubeconfig));
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: /exec/ })).toBeVisible();
  });

  test("ends with logging out: the page and the API are closed", async ({ page, driftglass }) => {
    await driftglass.logInAs("admin");
    await driftglass.openList();
    await page.getByRole("button", { name: /Logged in as/ }).click();
    await page.getByRole("menuitem", { name: "Log out", exact: true }).click();
    await leaves(page);
    expect((await page.request.get("/api/v1/applications")).status()).toBe(401);
  });
});
