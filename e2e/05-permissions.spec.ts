import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import { expectedApplications } from "../sandbox/scenario/expected.ts";
import { api, expect, rows, test } from "./fixtures.ts";

test.describe("the viewer, who may read everything and change nothing,", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("viewer"));

  test("sees every application", async ({ page }) => {
    await expect.poll(async () => (await rows(page.request)).size).toBe(expectedApplications.length);
  });

  test("finds the buttons disabled, with the missing permission named", async ({ page, driftglass }) => {
    await driftglass.open({ engine: "flux-kustomization", namespace: "flux-system", name: "doc-router-staging" });
    const sync = page.getByRole("button", { name: /^Sync/ }).first();
    await expect(sync).toHaveAttribute("aria-disabled", "true");
    await sync.hover();
    await expect(
      page
        .getByText(/needs patch on kustomizations\.kustomize\.toolkit\.fluxcd\.io in flux-system/)
        .filter({ visible: true }),
    ).toBeVisible();
    await sync.click({ force: true });
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("is refused by the API as by the page, for every action of every engine", async ({ page, driftglass }) => {
    const seen = new Set<string>();
    for (const { engine, namespace, name } of expectedApplications) {
      if (seen.has(engine)) continue;
      seen.add(engine);
      const { permissions } = await api<ApplicationDetail>(
        page.request,
        `/api/v1/applications/${engine}/${namespace}/${name}`,
      );
      expect(permissions.filter(({ allowed }) => allowed)).toEqual([]);
      for (const { action } of permissions) {
        const { status, body } = await driftglass.act({ engine, namespace, name }, action, { revision: "1" });
        expect(
          status >= 400 || body["accepted"] === false,
          `${engine} ${action}: ${status} ${JSON.stringify(body)}`,
        ).toBe(true);
      }
    }
    expect(seen.size).toBe(5);
  });
});

test.describe("the team member, who may act in two namespaces and can't list namespaces,", () => {
  const theirs = expectedApplications.filter(
    ({ namespace }) => namespace === "team-a" || namespace === "doc-router-staging",
  );
  const key = ({ engine, namespace, name }: { engine: string; namespace: string; name: string }) =>
    `${engine}/${namespace}/${name}`;
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("team"));

  test("sees exactly the applications of these namespaces, with right verdicts", async ({ page }) => {
    await expect
      .poll(async () => [...(await rows(page.request)).keys()].toSorted())
      .toEqual(theirs.map(key).toSorted());
    await expect
      .poll(async () => {
        const got = await rows(page.request);
        return theirs.filter((one) => got.get(key(one))?.health.status !== one.health).map(key);
      })
      .toEqual([]);
  });

  test("is told that this is not everything, and where it is from", async ({ page, driftglass }) => {
    await driftglass.openList();
    await expect(page.getByText("You see only what is in doc-router-staging, team-a")).toBeVisible();
    await page.getByRole("button", { name: "Details" }).click();
    await expect(page.getByRole("dialog", { name: "What you can't see" })).toContainText("HelmRelease");
  });

  test("can't tell what is hidden from what does not exist", async ({ page }) => {
    const hidden = await page.request.get("/api/v1/applications/helm/billing/ledger");
    const nothing = await page.request.get("/api/v1/applications/helm/billing/no-such-thing");
    const strip = (text: string) => text.replaceAll(/"requestId":"[^"]*"/g, "").replaceAll("no-such-thing", "ledger");
    expect(hidden.status()).toBe(404);
    expect(nothing.status()).toBe(404);
    expect(strip(await hidden.text())).toBe(strip(await nothing.text()));
    const secret = await page.request.get("/api/v1/resources/core/v1/Secret/billing/ledger-credentials");
    const none = await page.request.get("/api/v1/resources/core/v1/Secret/billing/no-such-secret");
    expect([secret.status(), none.status()]).toEqual([404, 404]);
  });

  test("may sync what is theirs", async ({ page }) => {
    const { permissions } = await api<ApplicationDetail>(
      page.request,
      "/api/v1/applications/flux-kustomization/team-a/portal",
    );
    expect(permissions.find(({ action }) => action === "sync")).toMatchObject({ allowed: true });
  });
});

test.describe("a page of elsewhere", () => {
  test("can't act with somebody's session", async ({ page, driftglass }) => {
    await driftglass.logInAs("admin");
    const path = "/api/v1/applications/flux-kustomization/flux-system/doc-router-staging/actions/suspend";
    for (const headers of [{ origin: "https://evil.example.com" }, { "sec-fetch-site": "same-site" }, {}]) {
      expect((await page.request.post(path, { data: {}, headers })).status()).toBe(403);
    }
  });
});
