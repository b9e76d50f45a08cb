import { readFileSync } from "node:fs";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { Session } from "#lib/api/session-contract.ts";
import { api, expect, login, test } from "./fixtures.ts";

/** The viewer's kubeconfig, with the cluster under another name: a second cluster, as far as a session is concerned. */
function second(name: string): string {
  const kubeconfig = readFileSync(login("viewer").kubeconfig, "utf8");
  return kubeconfig.replaceAll('"sandbox"', JSON.stringify(name));
}

test.describe("several clusters in one session", () => {
  test("are switched in the header, each with its own identity and rights", async ({ page, driftglass }) => {
    // Three lists are drawn one after another.
    test.setTimeout(240_000);
    await driftglass.logInAs("admin");
    await driftglass.openList();
    await page.getByRole("button", { name: "Cluster sandbox" }).click();
    await page.getByRole("menuitem", { name: "Log in to another cluster…" }).click();
    const dialog = page.getByRole("dialog", { name: "Log in to another cluster" });
    await dialog.getByRole("tab", { name: "Kubeconfig" }).click();
    await dialog.getByRole("textbox", { name: "Kubeconfig" }).fill(second("sandbox-two"));
    await dialog.getByRole("button", { name: "Log in" }).click();
    await expect(page).toHaveURL(/\/apps\?cluster=sandbox-two$/, { timeout: 60_000 });
    await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible({ timeout: 45_000 });

    // The links keep to the cluster, and there the viewer may not sync.
    await driftglass.row("doc-router-staging").getByRole("link", { name: "doc-router-staging", exact: true }).click();
    await expect(page).toHaveURL(/cluster=sandbox-two/);
    await expect(page.getByRole("button", { name: /^Sync/ }).first()).toHaveAttribute("aria-disabled", "true");

    await expect(page.getByRole("button", { name: /^Logged in as .*:viewer$/ })).toBeVisible();
    await page.getByRole("button", { name: "Cluster sandbox-two" }).click();
    await page.getByRole("menuitem", { name: "sandbox", exact: true }).click();
    await expect(page.getByRole("button", { name: "Cluster sandbox", exact: true })).toBeVisible();

    // Who leaves one goes on with the other, and the page of neither says that something has ended.
    await page.getByRole("button", { name: "Cluster sandbox", exact: true }).click();
    await page.getByRole("menuitem", { name: "sandbox-two", exact: true }).click();
    await page.getByRole("button", { name: "Cluster sandbox-two" }).click();
    await page.getByRole("menuitem", { name: "Log out of sandbox-two" }).click();
    await expect(page.getByRole("button", { name: "Cluster sandbox", exact: true })).toBeVisible();
    await expect(driftglass.row("doc-router-staging")).toBeVisible({ timeout: 45_000 });
    await expect
      .poll(async () => (await page.request.get("/api/v1/applications?cluster=sandbox-two")).status())
      .toBe(404);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByRole("button", { name: "Cluster sandbox", exact: true }).click();
    await expect(page.getByRole("menuitem", { name: "Log in to another cluster…" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: /sandbox-two|All clusters|Log out of/ })).toHaveCount(0);
  });

  test("answer one by one or all together, and one can be left", async ({ page, driftglass, baseURL }) => {
    await driftglass.logInAs("team");
    const headers = { origin: new URL(baseURL ?? "").origin };
    const joined = await page.request.post("/api/v1/clusters", {
      data: { kubeconfig: second("sandbox-two") },
      headers,
    });
    expect(joined.status(), await joined.text()).toBe(201);
    const session = (await joined.json()) as Session;
    expect(session.clusters.map(({ name, identity }) => [name, identity.username.split(":").at(-1)])).toEqual([
      ["sandbox", "team"],
      ["sandbox-two", "viewer"],
    ]);

    const list = (query: string) => api<ApplicationList>(page.request, `/api/v1/applications${query}`);
    await expect.poll(async () => (await list("?cluster=sandbox-two")).items.length).toBeGreaterThan(20);
    await expect.poll(async () => (await list("")).items.length).toBeGreaterThan(0);
    const [all, own, other] = await Promise.all([list("?cluster=*"), list(""), list("?cluster=sandbox-two")]);
    expect(all.items.filter(({ cluster }) => cluster === "sandbox").length).toBe(own.items.length);
    expect(all.items.filter(({ cluster }) => cluster === "sandbox-two").length).toBe(other.items.length);
    expect(all.clusters?.map(({ cluster, instance }) => [cluster, instance])).toEqual([
      ["sandbox", own.instance],
      ["sandbox-two", other.instance],
    ]);
    // What the one may see is not shown for the other.
    expect(own.items.length).toBeLessThan(other.items.length);

    expect((await page.request.delete("/api/v1/clusters/sandbox-two", { headers })).status()).toBe(204);
    expect((await page.request.get("/api/v1/applications?cluster=sandbox-two")).status()).toBe(404);
    expect((await page.request.get("/api/v1/applications")).status()).toBe(200);
  });

  test("of the same name and server stand side by side when the person differs", async ({
    page,
    driftglass,
    baseURL,
  }) => {
    await driftglass.logInAs("admin");
    const headers = { origin: new URL(baseURL ?? "").origin };
    const join = (name: "admin" | "viewer") =>
      page.request.post("/api/v1/clusters", {
        data: { kubeconfig: readFileSync(login(name).kubeconfig, "utf8") },
        headers,
      });
    const names = async (answer: ReturnType<typeof join>) =>
      ((await (await answer).json()) as Session).clusters.map(({ name }) => name);
    expect(await names(join("viewer"))).toEqual(["sandbox", "sandbox (viewer)"]);
    // The same person once more only renews what is there.
    expect(await names(join("admin"))).toEqual(["sandbox", "sandbox (viewer)"]);
  });
});
