import type { Page } from "@playwright/test";
import { seriousFindings, tooWide } from "./accessibility.ts";
import { expect, listens, rows, test } from "./fixtures.ts";

const attention = (page: Page) => page.getByRole("region", { name: "Needs attention" });

async function openOverview(page: Page): Promise<void> {
  await page.goto("/");
  await expect(page).toHaveURL(/\/overview$/);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await listens(page);
  await expect(attention(page)).toBeVisible();
}

test.describe("the overview", () => {
  test.beforeEach(async ({ driftglass }) => driftglass.logInAs("admin"));

  test("counts what the list has, and each number leads there", async ({ page }) => {
    await openOverview(page);
    const states = page.getByRole("list", { name: "Applications by state" });
    const count = async (word: string) => {
      const all = [...(await rows(page.request)).values()];
      return all.filter(({ health, drift }) => health.status === word || drift.status === word).length;
    };
    await expect
      .poll(async () => states.getByRole("link", { name: /Degraded/ }).textContent())
      .toContain(String(await count("Degraded")));
    await expect
      .poll(async () =>
        (await states.getByRole("link", { name: /Drifted/ }).textContent())?.includes(String(await count("Drifted"))),
      )
      .toBe(true);
    await states.getByRole("link", { name: /Degraded/ }).click();
    await expect(page).toHaveURL(/\/apps\?health=Degraded$/);
    await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible();
  });

  test("puts the worst first, says why, and offers one action whose preview changes nothing", async ({ page }) => {
    await openOverview(page);
    const first = attention(page).getByRole("listitem").first();
    await expect(first).toContainText("Degraded");
    const billing = attention(page).getByRole("listitem").filter({ hasText: "billingflux-system" });
    await expect(billing).toContainText("no such file or directory");
    await billing.getByRole("button", { name: "Sync billing…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("button", { name: /^Sync/ })).toBeVisible({ timeout: 40_000 });
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL(/\/overview$/);
  });

  test("asks for a sync from there: the message leads to the application, which tells how it goes", async ({
    page,
  }) => {
    await openOverview(page);
    // Its build fails whether it is asked for or not.
    await attention(page).getByRole("button", { name: "Sync billing…" }).click();
    const dialog = page.getByRole("dialog", { name: "Sync billing" });
    await dialog.getByRole("button", { name: /^Sync/ }).click({ timeout: 60_000 });
    await expect(dialog).toHaveCount(0, { timeout: 60_000 });
    await page.getByRole("link", { name: "Look at billing" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "billing" })).toBeVisible();
    await expect(
      page.getByRole("status").filter({ hasText: /^Sync( requested|: the cluster has changed| failed)|is running/ }),
    ).toBeVisible();
  });

  test("tells what happened, as a chart and as a table", async ({ page }) => {
    await openOverview(page);
    await expect(page.getByRole("region", { name: "The last hour" }).getByRole("listitem").first()).toBeVisible();
    const trend = page.getByRole("region", { name: "Trend" });
    await expect(trend.locator("svg.recharts-surface")).toBeVisible();
    await trend.getByText("As a table").click();
    await expect(trend.getByRole("row").nth(1)).toBeVisible();
    await trend.getByRole("button", { name: "14 days" }).click();
    await expect(page).toHaveURL(/trend=days/);
    await expect(trend.getByRole("columnheader", { name: "Day" })).toBeVisible();
  });

  test("alone fetches the chart library: the list does without", async ({ page }) => {
    const scripts: Promise<string>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(response.text().catch(() => ""));
    });
    const withCharts = async () => (await Promise.all(scripts)).filter((text) => text.includes("recharts-")).length;
    await page.goto("/apps");
    await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible();
    // The event stream never lets the network fall idle; once the page is live, all of its scripts are there.
    await expect(page.getByRole("banner").getByRole("button", { name: /Live/ })).toBeVisible();
    expect(await withCharts()).toBe(0);
    await openOverview(page);
    await expect(page.locator("svg.recharts-surface")).toBeVisible();
    expect(await withCharts()).toBeGreaterThan(0);
  });

  test("is reached by g o from anywhere, and activity by g a", async ({ page }) => {
    await page.goto("/sources");
    await expect(page.getByRole("heading", { level: 1, name: "Sources" })).toBeVisible();
    await listens(page);
    for (const [key, name] of [
      ["a", "Activity"],
      ["o", "Overview"],
    ] as const)
      // The two keys belong together only when they come one soon after the other.
      await expect(async () => {
        await page.keyboard.press("g");
        await page.keyboard.press(key);
        await expect(page.getByRole("heading", { level: 1, name })).toBeVisible({ timeout: 15_000 });
      }).toPass({ timeout: 60_000 });
  });

  for (const theme of ["light", "dark"] as const) {
    test(`has nothing serious for axe in ${theme}, and fits a phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await openOverview(page);
      await expect(page.locator("svg.recharts-surface")).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await tooWide(page)).toEqual([]);
    });
  }
});

test("the viewer finds the action disabled, with the missing permission named", async ({ page, driftglass }) => {
  await driftglass.logInAs("viewer");
  await openOverview(page);
  const sync = attention(page).getByRole("button", { name: "Sync billing…" });
  await sync.hover();
  await expect(sync).toHaveAttribute("aria-disabled", "true");
  await sync.click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a person of one team sees their own applications alone, and is told that there may be more", async ({
  page,
  driftglass,
}) => {
  await driftglass.logInAs("team");
  await openOverview(page);
  await page.getByRole("button", { name: "Namespace", exact: true }).click();
  const counts = page.getByRole("region", { name: "Counts" });
  await expect(counts.getByRole("rowheader", { name: "team-a" })).toBeVisible();
  await expect(counts.getByRole("rowheader", { name: "shop" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Details" })).toBeVisible();
});
