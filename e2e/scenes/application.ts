import type { Page } from "@playwright/test";
import { button, menu, more, units, type Scene } from "./scene.ts";

const tabs = ["overview", "resources", "drift", "history", "events", "logs", "manifest"] as const;

/** A rollback's dialog, for the newest revision that can be brought back. */
async function openRollback(page: Page): Promise<void> {
  await page.locator('button[aria-label^="Roll back to"]:not([aria-disabled="true"])').first().click();
  await page.getByRole("dialog").getByRole("status").first().waitFor();
}

/** Cards stand in their places. */
const graphDrawn = (page: Page) => page.locator("[data-card]").first().waitFor();

/** Two revisions, with the first object that changed open; side by side where there is room. */
async function openChanges(page: Page): Promise<void> {
  const comparison = page.getByRole("region", { name: "Comparison" });
  await comparison
    .getByRole("button", { name: /Changed$/ })
    .first()
    .click();
}
async function openSideBySide(page: Page): Promise<void> {
  await openChanges(page);
  const split = page.getByRole("button", { name: "Side by side" }).first();
  if (await split.isVisible()) await split.click();
}

const production = `/apps/${units.kustomization}`;
const worker = `${production}?tab=resources&resource=apps/StatefulSet/doc-router-production/doc-router-worker`;
const backend = `${production}?tab=resources&resource=apps/Deployment/doc-router-production/doc-router-backend`;
const firstPod = (page: Page) => page.getByRole("button", { name: /^Pod/ }).first().click();

/** An application of each engine by each of its tabs; its drawers, menus and dialogs. */
export const applicationScenes: readonly Scene[] = [
  ...Object.entries(units).flatMap(([engine, unit]) =>
    tabs.map((tab): Scene => ({ name: `app-${engine}-${tab}`, as: "admin", path: `/apps/${unit}?tab=${tab}` })),
  ),
  { name: "app-as-viewer", as: "viewer", path: production },
  { name: "app-as-team", as: "team", path: "/apps/kubectl/team-a/landing-page" },
  { name: "app-held-from-team", as: "team", path: production },
  ...(["list", "tree", "graph"] as const).map((view): Scene => ({
    name: `resources-${view}`,
    as: "admin",
    path: `${production}?tab=resources&as=${view}`,
    ...(view === "graph" && { act: graphDrawn }),
  })),
  { name: "graph-failing", as: "admin", path: `/apps/${units.failing}?tab=resources&as=graph`, act: graphDrawn },
  { name: "graph-argocd", as: "admin", path: `/apps/${units.argocd}?tab=resources&as=graph`, act: graphDrawn },
  { name: "graph-helm", as: "admin", path: `/apps/${units.helm}?tab=resources&as=graph`, act: graphDrawn },
  { name: "history-changes", as: "admin", path: `/apps/${units.helm}?tab=history&from=1&to=2`, act: openChanges },
  {
    name: "history-side-by-side",
    as: "admin",
    path: `/apps/${units.helm}?tab=history&from=1&to=2`,
    act: openSideBySide,
  },
  { name: "drift-ignored", as: "admin", path: "/apps/argocd/argocd/audit-log?tab=drift" },
  { name: "dialog-sync", as: "admin", path: production, act: button("Sync…") },
  { name: "dialog-sync-failing", as: "admin", path: `/apps/${units.failing}`, act: button("Sync…") },
  { name: "dialog-sync-argocd", as: "admin", path: `/apps/${units.argocd}`, act: button("Sync…") },
  { name: "dialog-sync-helm", as: "admin", path: `/apps/${units.helm}`, act: button("Sync…") },
  { name: "dialog-rollback", as: "admin", path: `${production}?tab=history`, act: openRollback },
  { name: "dialog-rollback-helm", as: "admin", path: `/apps/${units.helm}?tab=history`, act: openRollback },
  {
    name: "dialog-rollback-argocd",
    as: "admin",
    path: "/apps/argocd/argocd/storefront?tab=history",
    act: openRollback,
  },
  { name: "dialog-suspend", as: "admin", path: production, act: more(/Suspend/) },
  { name: "menu-actions", as: "admin", path: `/apps/${units.helm}`, act: menu("More actions") },
  { name: "menu-actions-argocd", as: "admin", path: `/apps/${units.argocd}`, act: menu("More actions") },
  { name: "drawer-pod", as: "admin", path: `/apps/${units.helm}?tab=resources`, act: firstPod },
  {
    name: "drawer-pod-logs",
    as: "admin",
    path: `/apps/${units.helm}?tab=resources`,
    async act(page) {
      await firstPod(page);
      await page.getByRole("dialog").getByRole("tab", { name: /Logs/ }).click();
    },
  },
  ...["manifest", "diff", "desired", "logs", "events"].map((show): Scene => ({
    name: `drawer-workload-${show}`,
    as: "admin",
    path: `${worker}&show=${show}`,
  })),
  { name: "drawer-workload-conditions", as: "admin", path: `${backend}&show=conditions` },
  { name: "drawer-as-viewer", as: "viewer", path: backend },
  { name: "dialog-scale", as: "admin", path: backend, act: button("Scale…") },
  {
    name: "dialog-delete-pod",
    as: "admin",
    path: `/apps/${units.helm}?tab=resources`,
    async act(page) {
      await firstPod(page);
      await button("Delete the pod…")(page);
    },
  },
];
