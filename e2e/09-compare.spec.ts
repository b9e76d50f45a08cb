import type { APIRequestContext } from "@playwright/test";
import type { Comparison } from "#lib/api/diff-contract.ts";
import type { History } from "#lib/api/application-contract.ts";
import { api, expect, rows, test } from "./fixtures.ts";

const staging = { engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-staging" } as const;
const checkout = { engine: "argocd", namespace: "argocd", name: "checkout" } as const;
const queue = { engine: "flux-helmrelease", namespace: "team-a", name: "team-queue" } as const;

/** Waits until the view that the login has opened knows this application: opening one takes a while on a slow machine. */
async function known(request: APIRequestContext, key: string): Promise<void> {
  await expect.poll(async () => (await rows(request)).has(key), { timeout: 60_000 }).toBe(true);
}

test.describe("Comparing applications", () => {
  test.beforeEach(async ({ driftglass, page }) => {
    await driftglass.logInAs("admin");
    await known(page.request, "flux-kustomization/flux-system/doc-router-production");
  });

  test("starts at an application, suggests its sibling first, and can be sent to a colleague", async ({
    page,
    driftglass,
  }) => {
    await driftglass.open(staging);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: /^Compare with another/ }).click();
    await expect(page).toHaveURL(/\/compare\?left=flux-kustomization/);
    await page.getByRole("button", { name: /^Right application:/ }).click();
    const choice = page.getByRole("listbox", { name: "Applications" });
    await expect(choice.getByRole("option").first()).toContainText("doc-router-production");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/right=flux-kustomization%2Fflux-system%2Fdoc-router-production/);
    const result = page.getByRole("region", { name: "Comparison" });
    await expect(result.getByRole("status").first()).toContainText(/\d+ objects? differs?, .*the same/);
    await result.getByRole("button", { name: /ConfigMap.*doc-router-config/ }).click();
    await expect(result.getByText("debug").first()).toBeVisible();
    await expect(result.getByText("warn").first()).toBeVisible();

    await page.reload();
    await expect(result.getByRole("status").first()).toContainText("the same");
    await page.getByRole("button", { name: "Swap the sides" }).click();
    await expect(page).toHaveURL(/left=flux-kustomization%2Fflux-system%2Fdoc-router-production/);
    await page.getByLabel("Revision of the left application").selectOption("live");
    await expect(page).toHaveURL(/doc-router-production%40live/);
    await expect(result.getByRole("status").first()).toContainText("the same");
  });

  test("works across engines, by the API as well", async ({ page }) => {
    const sides = "left=helm/platform/metrics-relay&right=flux-helmrelease/platform/gateway";
    const { objects, left } = await api<Comparison>(page.request, `/api/v1/compare?${sides}`);
    expect(left).toEqual({
      application: { engine: "helm", namespace: "platform", name: "metrics-relay" },
      revision: "desired",
    });
    expect(objects.some(({ ref, change }) => ref.kind === "Deployment" && change === "changed")).toBe(true);
    const wrong = await page.request.get("/api/v1/compare?left=helm/platform/metrics-relay");
    expect(wrong.status()).toBe(422);
  });

  test("answers for what a person may not see as for what is not there", async ({ page, driftglass }) => {
    await driftglass.logInAs("team");
    const hidden = "left=helm/team-a/notifier&right=helm/platform/metrics-relay";
    const missing = "left=helm/team-a/notifier&right=helm/platform/nothing";
    await expect
      .poll(async () => {
        const answers = await Promise.all(
          [hidden, missing].map((sides) => page.request.get(`/api/v1/compare?${sides}`)),
        );
        return answers.map((answer) => answer.status());
      })
      .toEqual([404, 404]);
  });
});

test.describe("Revisions", () => {
  test.beforeEach(async ({ driftglass, page }) => {
    await driftglass.logInAs("admin");
    await known(page.request, "argocd/argocd/checkout");
  });

  test("of an Application show source and parameters", async ({ page, driftglass }) => {
    await driftglass.open(checkout, "history");
    const boxes = page.getByRole("list", { name: "Revisions, newest first" }).getByRole("checkbox");
    await boxes.nth(0).click();
    await boxes.nth(1).click();
    await page.getByRole("tab", { name: "Source and parameters" }).click();
    await expect(page.getByText(/targetRevision|The same in both/).first()).toBeVisible();
  });

  test("of a Kustomization say when they were recorded, or why they can't be compared", async ({ page }) => {
    const history = async () =>
      (await api<History>(page.request, `/api/v1/applications/flux-kustomization/flux-system/${staging.name}/history`))
        .items;
    // What is applied is recorded some seconds after somebody has logged in.
    await expect
      .poll(async () => (await history()).find(({ current }) => current)?.recordedAt, { timeout: 40_000 })
      .toBeDefined();
    for (const { recordedAt, current, whyNotComparable } of await history())
      expect(recordedAt !== undefined || current || whyNotComparable?.startsWith("not recorded")).toBe(true);
  });
});

test("The overview of an application says who undoes what", async ({ page, driftglass }) => {
  await driftglass.logInAs("admin");
  await known(page.request, "flux-helmrelease/team-a/team-queue");
  await driftglass.open(queue);
  const section = page.locator("section").filter({ has: page.getByRole("heading", { name: "Who undoes what" }) });
  await expect(section).toContainText("helm-controller");
  await expect(section).toContainText("Kustomization team-a/portal applies HelmRelease team-a/team-queue");
  await section.getByRole("link", { name: "Open portal" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "portal" })).toBeVisible();
});
