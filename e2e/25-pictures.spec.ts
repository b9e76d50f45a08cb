import type { Locator, Page } from "@playwright/test";
import type { Diff } from "#lib/api/diff-contract.ts";
import { expect, test } from "./fixtures.ts";
import { failing, opening, waitingFor } from "./scenes/scene.ts";

/**
 * What must not change its looks by accident: parts that say the same on every cluster, in both themes, compared with the pictures
 * in e2e/pictures. After a change on purpose, look at them and renew them: `playwright test --update-snapshots`.
 */
interface Part {
  readonly name: string;
  readonly path: string;
  readonly before?: (page: Page) => Promise<unknown>;
  readonly act?: (page: Page) => Promise<unknown>;
  /** What is pictured: small, so that a change of one thing changes few pictures. */
  readonly of: (page: Page) => Locator;
  /** What differs between two clusters, or from one moment to the next. */
  readonly mask?: (page: Page) => Locator[];
  readonly loggedOut?: boolean;
}

const release = "/apps/helm/billing/ledger";
const dialog = (page: Page) => page.getByRole("dialog");
const panel = (page: Page) => page.getByRole("tabpanel");
const changes = (page: Page) => page.getByRole("region", { name: "Comparison" });

const before = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.4.0
          env:
            - name: LOG_LEVEL
              value: debug
`;
const comparison: Diff = {
  from: "1",
  to: "2",
  objects: [
    {
      ref: { group: "apps", kind: "Deployment", namespace: "shop", name: "web" },
      change: "changed",
      from: before,
      to: before
        .replace("replicas: 2", "replicas: 4")
        .replace("1.4.0", "1.5.0")
        .replace(/ {12}- name: LOG.*\n.*\n/, ""),
    },
    { ref: { group: "", kind: "ConfigMap", namespace: "shop", name: "settings" }, change: "added", to: "data: {}\n" },
    { ref: { group: "", kind: "Secret", namespace: "shop", name: "old" }, change: "removed", from: "data: {}\n" },
    { ref: { group: "", kind: "Service", namespace: "shop", name: "web" }, change: "unchanged" },
  ],
};
const compared = (page: Page) => page.route("**/diff?*", (route) => route.fulfill({ json: comparison }));
const openObject = (page: Page) =>
  changes(page)
    .getByRole("button", { name: /Deployment.*Changed$/ })
    .click();

const parts: readonly Part[] = [
  {
    name: "login",
    path: "/login",
    loggedOut: true,
    act: (page) => page.getByRole("tab", { name: "Token" }).click(),
    of: (page) => page.getByRole("main"),
    mask: (page) => [page.getByText(/^For /)],
  },
  { name: "shortcuts", path: "/apps", act: opening("?"), of: dialog },
  {
    name: "palette",
    path: "/apps",
    async act(page) {
      await opening("Control+k")(page);
      await page.getByRole("combobox", { name: "Application, namespace or page" }).fill("go to nothing");
    },
    of: dialog,
  },
  {
    name: "rail",
    path: "/sources",
    of: (page) => page.getByRole("navigation", { name: "Pages" }),
    mask: (page) => [page.getByRole("navigation", { name: "Pages" }).locator(".tabular")],
  },
  { name: "compare", path: "/compare", of: (page) => page.getByRole("main") },
  {
    name: "not-found",
    path: "/apps/helm/billing/there-is-none",
    of: (page) => page.getByRole("main").getByRole("alert"),
  },
  {
    name: "error",
    path: `${release}?tab=history`,
    before: failing("**/history*"),
    act: (page) => panel(page).getByRole("alert").waitFor(),
    of: panel,
  },
  { name: "loading", path: `${release}?tab=events`, before: waitingFor("**/events*"), of: panel },
  { name: "diff", path: `${release}?tab=history&from=1&to=2`, before: compared, act: openObject, of: changes },
  {
    name: "diff-side-by-side",
    path: `${release}?tab=history&from=1&to=2`,
    before: compared,
    async act(page) {
      await changes(page).getByRole("button", { name: "Side by side" }).click();
      await openObject(page);
    },
    of: changes,
  },
];

test.use({ viewport: { width: 1200, height: 800 }, contextOptions: { reducedMotion: "reduce" } });

for (const { name, path, loggedOut = false, before: prepare, act, of, mask } of parts)
  test(`${name} looks as it did, in light and in dark`, async ({ page, driftglass }) => {
    if (!loggedOut) await driftglass.logInAs("admin");
    await prepare?.(page);
    await page.goto(path);
    if (!loggedOut)
      await expect(page.getByRole("button", { name: /^(Live|Catching up)/ })).toBeVisible({ timeout: 45_000 });
    await act?.(page);
    // Nothing is hovered.
    await page.mouse.move(0, 0);
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await expect(of(page)).toHaveScreenshot(`${name}-${theme}.png`, { ...(mask && { mask: mask(page) }) });
    }
  });
