import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Application } from "#lib/model/application.ts";
import { api, expect, rows, test } from "./fixtures.ts";

test.describe("why", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("every application that is not fine says so in words, and names the resource where one causes it", async ({
    page,
  }) => {
    const notFine = async (): Promise<Application[]> =>
      [...(await rows(page.request)).values()].filter(
        ({ health, sync }) => health.status !== "Healthy" || sync.status === "OutOfSync",
      );
    // The first list of a session may still be growing.
    await expect.poll(async () => (await notFine()).length, { timeout: 30_000 }).toBeGreaterThan(5);
    const bad = await notFine();
    for (const { engine, namespace, name, health, sync, reasons } of bad) {
      const about = `${engine}/${namespace}/${name}`;
      if (health.status !== "Healthy") expect(`${health.message}`, about).toMatch(/\w+ \w+/);
      // Never OutOfSync with nothing to show for it.
      if (sync.status === "OutOfSync")
        expect(`${sync.message}`, about).toMatch(/differ|→|failed|is not healthy|pending/);
      expect([health.message, sync.message, ...reasons.map(({ text }) => text)].join(" "), about).not.toMatch(
        /undefined|\[object|null/,
      );
    }
  });

  test("a crash loop is explained by the last lines of its container, and an image by the warning of its pod", async ({
    page,
    driftglass,
  }) => {
    await driftglass.open({ engine: "argocd", namespace: "argocd", name: "recommendations" });
    await expect(page.getByText(/CrashLoopBackOff, exit 1/).first()).toBeVisible();
    await expect(page.getByLabel(/^Last log lines of recommendations-worker-/)).toContainText(/\w+/);
    await driftglass.open({ engine: "flux-kustomization", namespace: "flux-system", name: "search-api" });
    await expect(page.getByText(/4\.0\.0-rc\.2/).first()).toBeVisible();
    const detail = await api<ApplicationDetail>(
      page.request,
      "/api/v1/applications/flux-kustomization/flux-system/search-api",
    );
    expect(detail.application.health.cause).toMatchObject({ kind: "Pod" });
  });
});
