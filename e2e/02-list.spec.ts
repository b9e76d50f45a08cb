import { expectedApplications } from "../sandbox/scenario/expected.ts";
import { expect, rows, test } from "./fixtures.ts";

const keyOf = ({ engine, namespace, name }: { engine: string; namespace: string; name: string }) =>
  `${engine}/${namespace}/${name}`;

test.describe("the list", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("holds every application of the scenario, and nothing else", async ({ page }) => {
    await expect
      .poll(async () => [...(await rows(page.request)).keys()].toSorted())
      .toEqual(expectedApplications.map(keyOf).toSorted());
  });

  for (const expected of expectedApplications) {
    const { health, sync, drift, suspended, reason } = expected;
    test(`tells ${keyOf(expected)} as ${health}, ${sync}, drift ${drift.status}`, async ({ page }) => {
      await expect
        .poll(async () => {
          const row = (await rows(page.request)).get(keyOf(expected));
          return (
            row && {
              health: row.health.status,
              sync: row.sync.status,
              drift: row.drift.status,
              suspended: row.suspended,
            }
          );
        })
        .toEqual({ health, sync, drift: drift.status, suspended });
      const row = (await rows(page.request)).get(keyOf(expected));
      if (reason !== undefined) expect(JSON.stringify(row)).toContain(reason);
      if (drift.status === "Drifted" && drift.field !== undefined && row?.drift.top) {
        const { ref, path, manager } = row.drift.top;
        expect({ kind: ref.kind, name: ref.name }).toEqual({ kind: drift.kind, name: drift.name });
        expect(path.replaceAll(/\[name=[^\]]+\]/g, "[0]")).toContain(
          drift.field.split(/[.[]/).at(-1)?.replace("]", "") ?? "",
        );
        if (drift.manager !== undefined && manager !== undefined) expect(manager).toBe(drift.manager);
      }
    });
  }

  test("shows the worst first, with the reason in the row", async ({ page, driftglass }) => {
    await driftglass.openList();
    await expect(driftglass.row("billing")).toContainText("Degraded");
    await expect(driftglass.row("billing")).toContainText("kustomize build failed");
    const names = await page.getByRole("grid").getByRole("row").allTextContents();
    const degraded = names.findLastIndex((text) => text.includes("Degraded"));
    const healthy = names.findIndex((text) => text.includes("storefront"));
    expect(degraded).toBeLessThan(healthy === -1 ? names.length : healthy);
  });

  test("filters by word and by facet, in the URL and without asking the server", async ({ page, driftglass }) => {
    await driftglass.openList();
    let asked = 0;
    page.on("request", (request) => (asked += request.url().includes("/api/v1/applications") ? 1 : 0));
    await page.keyboard.press("/");
    await page.keyboard.type("doc-router");
    // Its head, the three Kustomizations, and what lives in the namespace doc-router-staging.
    const matching = expectedApplications.filter(({ name, namespace }) =>
      `${name} ${namespace}`.includes("doc-router"),
    );
    await expect(page.getByRole("row")).toHaveCount(1 + matching.length);
    await expect(page).toHaveURL(/doc-router/);
    await page.keyboard.press("Escape");
    await page.getByRole("combobox", { name: "Filter applications" }).fill("");
    await page
      .getByRole("button", { name: /Degraded/ })
      .first()
      .click();
    await expect(driftglass.row("recommendations")).toBeVisible();
    await expect(driftglass.row("storefront")).toHaveCount(0);
    const shared = page.url();
    expect(asked).toBe(0);
    await page.goto("about:blank");
    await page.goto(shared);
    await expect(driftglass.row("recommendations")).toBeVisible();
    await expect(driftglass.row("storefront")).toHaveCount(0);
  });

  test("is walked and opened by keyboard alone", async ({ page, driftglass }) => {
    await driftglass.openList();
    await expect(driftglass.row("billing")).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/apps\/[a-z-]+\/[a-z-]+\//);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});
