import { gzipSync } from "node:zlib";
import { seriousFindings, tooWide } from "./accessibility.ts";
import { expect, test, type Driftglass } from "./fixtures.ts";

const production = "/apps/flux-kustomization/flux-system/doc-router-production";

/** Pages that anyone must be able to read and use, with what shows that they are there. */
const pages = [
  { name: "the list", path: "/apps" },
  { name: "the list in groups", path: "/apps?group=namespace" },
  { name: "the list as cards", path: "/apps?view=cards" },
  { name: "an overview", path: `${production}?tab=overview` },
  { name: "resources", path: `${production}?tab=resources` },
  { name: "an application's drift", path: `${production}?tab=drift` },
  { name: "a history", path: `${production}?tab=history` },
  { name: "events", path: `${production}?tab=events` },
  { name: "everything that drifted", path: "/drift" },
] as const;

async function settle({ page }: Driftglass): Promise<void> {
  await expect(page.getByRole("main").first()).toBeVisible();
  await expect(page.getByRole("status", { name: /^(Loading|Looking|Comparing)/ })).toHaveCount(0);
}

for (const theme of ["light", "dark"] as const) {
  test.describe(`in ${theme}, axe finds nothing serious`, () => {
    test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });

    test("on the login page, in any of its ways", async ({ page }) => {
      await page.goto("/login");
      for (const way of await page.getByRole("tab").all()) {
        await way.click();
        expect(await seriousFindings(page)).toEqual([]);
      }
    });

    for (const { name, path } of pages) {
      test(`on ${name}`, async ({ page, driftglass }) => {
        await driftglass.logInAs("admin");
        await page.goto(path);
        await settle(driftglass);
        expect(await seriousFindings(page)).toEqual([]);
      });
    }

    test("on one that asks for many at once", async ({ page, driftglass }) => {
      await driftglass.logInAs("admin");
      await driftglass.openList("?q=name:doc-router");
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await expect(page.getByRole("region", { name: "Selected applications" })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByRole("button", { name: "Sync…" }).click();
      await expect(page.getByRole("dialog").getByRole("button", { name: /^Sync 1 application/ })).toBeEnabled({
        timeout: 60_000,
      });
      expect(await seriousFindings(page)).toEqual([]);
    });

    test("on a dialog that asks before it acts", async ({ page, driftglass }) => {
      await driftglass.logInAs("admin");
      await page.goto(production);
      await page.getByRole("button", { name: /^Sync/ }).click();
      await expect(page.getByRole("dialog").getByRole("status")).toContainText(/chang/i);
      expect(await seriousFindings(page)).toEqual([]);
    });
  });
}

/** Pages beside those, each in both themes and on a phone; what shows that the page is there is its main heading or a tab. */
const more = [
  { name: "logs", path: `${production}?tab=logs` },
  { name: "a manifest", path: `${production}?tab=manifest` },
  { name: "an Argo CD application", path: "/apps/argocd/argocd/recommendations" },
  { name: "two revisions compared", path: "/apps/helm/billing/ledger?tab=history&from=1&to=2" },
  { name: "sources", path: "/sources" },
  { name: "image automation", path: "/sources?view=images" },
  { name: "notifications", path: "/sources?view=notifications" },
  { name: "the operator's objects", path: "/sources?view=operator" },
  {
    name: "two applications compared",
    path: "/compare?left=flux-kustomization/flux-system/doc-router-staging&right=flux-kustomization/flux-system/doc-router-production",
  },
  { name: "an application that is not there", path: "/apps/helm/billing/there-is-none" },
  { name: "a page that is not there", path: "/nowhere" },
] as const;

for (const { name, path } of more)
  test(`${name}: axe finds nothing serious in either theme, and it fits a phone`, async ({ page, driftglass }) => {
    await driftglass.logInAs("admin");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(path);
    await settle(driftglass);
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await tooWide(page)).toEqual([]);
  });

test("the keyboard alone goes from the list to an application, into its sync dialog and back", async ({
  page,
  driftglass,
}) => {
  await driftglass.logInAs("admin");
  await driftglass.openList("?q=doc-router-production");
  await expect(driftglass.row("doc-router-production")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "doc-router-production" })).toBeVisible();
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await expect(dialog.locator(":focus")).toHaveCount(1);
  await expect(dialog.getByRole("button", { name: /^Sync/ })).not.toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid", { name: "Applications" })).toBeVisible();
});

test("the theme is the device's, light or dark, and stays as it was chosen", async ({ page, driftglass }) => {
  await driftglass.logInAs("admin");
  await page.emulateMedia({ colorScheme: "light" });
  await driftglass.openList();
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  const choose = page.getByRole("button", { name: /^Theme: / });
  await expect(choose).toHaveAccessibleName(/^Theme: system/);
  await choose.click();
  await choose.click();
  await expect(choose).toHaveAccessibleName(/^Theme: dark/);
  const dark = await ground();
  expect(dark).not.toBe(light);
  await driftglass.openList();
  await expect(choose).toHaveAccessibleName(/^Theme: dark/);
  expect(await ground()).toBe(dark);
  await choose.click();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(ground).toBe(dark);
});

test("Ctrl+K goes to an application by a few letters of its name, and axe finds nothing serious there", async ({
  page,
  driftglass,
}) => {
  await driftglass.logInAs("admin");
  await driftglass.openList();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Application, namespace or page" });
  await expect(field).toBeFocused();
  expect(await seriousFindings(page)).toEqual([]);
  await field.fill("doc-router-prod");
  await expect(page.getByRole("option", { selected: true })).toContainText("doc-router-production");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "doc-router-production" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test.describe("on a phone of 390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  for (const { name, path } of [...pages, { name: "the login page", path: "/login" }]) {
    test(`nothing of ${name} has to be scrolled sideways`, async ({ page, driftglass }) => {
      if (path !== "/login") await driftglass.logInAs("admin");
      await page.goto(path);
      await settle(driftglass);
      expect(await tooWide(page)).toEqual([]);
    });
  }

  test("nothing of any way to log in has to be scrolled sideways", async ({ page }) => {
    await page.goto("/login");
    for (const way of await page.getByRole("tab").all()) {
      await way.click();
      await expect(way).toHaveAttribute("aria-selected", "true");
      expect(await tooWide(page)).toEqual([]);
    }
  });
});

/**
 * What the page itself asks a browser to fetch, compressed here as the server does it: the scanning proxy that all traffic goes through wants
 * plain bytes. Next.js and React themselves are more than half of it. What is fetched once the page stands still (dialogs, menus, the
 * palette) is not part of it; neither is what only browsers without modules take.
 */
test("the list's scripts take no more than 250 KB compressed", async ({ page, driftglass }) => {
  await driftglass.logInAs("admin");
  const html = await (await page.request.get("/apps")).text();
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag);
  const asked = tags
    .filter((tag) => !/\snomodule\b/i.test(tag))
    .flatMap((tag) => tag.match(/\/_next\/[^"]+\.js/) ?? []);
  const sizes = await Promise.all(
    [...new Set(asked)].map(async (path) => gzipSync(await (await page.request.get(path)).body()).length),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`/apps loads ${sizes.length} scripts, ${Math.round(bytes / 1024)} KB compressed`);
  expect(bytes).toBeGreaterThan(100 * 1024);
  expect(bytes).toBeLessThan(250 * 1024);
});
