import type { Page } from "@playwright/test";
import type { SandboxLogin } from "../sandbox/context.ts";

/** A page in a state that is worth looking at. */
export interface Scene {
  /** Name of its pictures. */
  readonly name: string;
  /** Who looks; nobody is logged in where it is absent. */
  readonly as?: SandboxLogin["name"];
  readonly path: string;
  /** What brings the page into the state, after it has loaded. */
  readonly act?: (page: Page) => Promise<void>;
}

/** One application of each engine, in a state that has something to tell. */
const units = {
  kustomization: "flux-kustomization/flux-system/doc-router-production",
  failing: "flux-kustomization/flux-system/search-api",
  helmrelease: "flux-helmrelease/billing/invoice-renderer",
  argocd: "argocd/argocd/recommendations",
  helm: "helm/billing/ledger",
  kubectl: "kubectl/team-a/landing-page",
} as const;

const tabs = ["overview", "resources", "drift", "history", "events"] as const;

const button = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const loginTab = (name: string) => (page: Page) => page.getByRole("tab", { name }).click();

/** A rollback's dialog, for the newest revision that can be brought back. */
async function openRollback(page: Page): Promise<void> {
  await page.locator('button[aria-label^="Roll back to"]:not([aria-disabled="true"])').first().click();
  await page.getByRole("dialog").getByRole("status").first().waitFor();
}

/** The dialog that a key opens. */
const opening = (key: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
};

/** The first few rows, selected. */
async function select(page: Page): Promise<void> {
  for (const name of ["billing", "checkout", "session-store", "doc-router-production"])
    await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
}

/** An entry of the menu behind "More actions". */
const more = (name: RegExp) => async (page: Page) => {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name }).click();
};

/** Cards stand in their places. */
const graphDrawn = (page: Page) => page.locator("[data-card]").first().waitFor();

/** A log or a manifest has come. */
const linesShown = (page: Page) => page.getByRole("tabpanel").getByRole("region").first().waitFor();

/** Every page and state that changes nothing in the cluster. */
export const scenes: readonly Scene[] = [
  { name: "login-contexts", path: "/login" },
  { name: "login-token", path: "/login", act: loginTab("Token") },
  { name: "login-kubeconfig", path: "/login", act: loginTab("Kubeconfig") },
  {
    name: "login-error",
    path: "/login",
    async act(page) {
      await page.getByRole("tab", { name: "Token" }).click();
      await page.getByLabel("Bearer token").fill("not-a-token-of-this-cluster");
      await page.getByRole("button", { name: "Log in" }).click();
      await page.getByRole("main").getByRole("alert").waitFor();
    },
  },
  { name: "list", as: "admin", path: "/apps" },
  { name: "list-filtered", as: "admin", path: "/apps?health=Degraded&engine=flux-kustomization" },
  { name: "list-nothing", as: "admin", path: "/apps?q=nothing-is-called-so" },
  { name: "list-team", as: "team", path: "/apps" },
  {
    name: "list-suggestions",
    as: "admin",
    path: "/apps",
    async act(page) {
      await page.getByRole("combobox", { name: "Filter applications" }).fill("ns:");
      await page.getByRole("option").first().waitFor();
    },
  },
  { name: "list-mistake", as: "admin", path: "/apps?q=helth:degraded" },
  { name: "list-grouped", as: "admin", path: "/apps?group=namespace&fold=argocd" },
  { name: "list-cards", as: "admin", path: "/apps?view=cards" },
  { name: "list-columns", as: "admin", path: "/apps", act: button("Columns") },
  { name: "list-views", as: "admin", path: "/apps?q=health:degraded", act: button("Views") },
  { name: "list-selected", as: "admin", path: "/apps", act: select },
  {
    name: "dialog-bulk",
    as: "admin",
    path: "/apps",
    async act(page) {
      await select(page);
      await button("Sync…")(page);
      await page.getByRole("button", { name: /^Sync \d+ applications? ·/ }).waitFor({ timeout: 60_000 });
    },
  },
  { name: "shortcuts", as: "admin", path: "/apps", act: opening("?") },
  { name: "palette", as: "admin", path: "/apps", act: opening("Control+k") },
  { name: "drift", as: "admin", path: "/drift" },
  { name: "sources", as: "admin", path: "/sources" },
  { name: "not-found", as: "admin", path: "/apps/helm/billing/there-is-none" },
  { name: "no-such-page", as: "admin", path: "/nowhere" },
  ...Object.entries(units).flatMap(([engine, unit]) =>
    tabs.map((tab): Scene => ({ name: `app-${engine}-${tab}`, as: "admin", path: `/apps/${unit}?tab=${tab}` })),
  ),
  { name: "app-as-viewer", as: "viewer", path: `/apps/${units.kustomization}` },
  { name: "dialog-sync", as: "admin", path: `/apps/${units.kustomization}`, act: button("Sync…") },
  { name: "dialog-sync-argocd", as: "admin", path: `/apps/${units.argocd}`, act: button("Sync…") },
  { name: "dialog-rollback", as: "admin", path: `/apps/${units.kustomization}?tab=history`, act: openRollback },
  { name: "dialog-rollback-helm", as: "admin", path: `/apps/${units.helm}?tab=history`, act: openRollback },
  { name: "dialog-suspend", as: "admin", path: `/apps/${units.kustomization}`, act: more(/Suspend/) },
  {
    name: "menu-actions",
    as: "admin",
    path: `/apps/${units.helm}`,
    act: button("More actions"),
  },
  { name: "menu-identity", as: "admin", path: "/apps", act: button(/^Logged in as/) },
  {
    name: "drawer-pod",
    as: "admin",
    path: `/apps/${units.helm}?tab=resources`,
    act: (page) => page.getByRole("button", { name: /^Pod/ }).first().click(),
  },
  {
    name: "drawer-pod-logs",
    as: "admin",
    path: `/apps/${units.helm}?tab=resources`,
    async act(page) {
      await page.getByRole("button", { name: /^Pod/ }).first().click();
      await page.getByRole("dialog").getByRole("tab", { name: /Logs/ }).click();
    },
  },
  { name: "overview", as: "admin", path: "/overview" },
  { name: "overview-namespaces-days", as: "admin", path: "/overview?by=namespace&trend=days" },
  { name: "overview-team", as: "team", path: "/overview" },
  { name: "overview-dialog", as: "admin", path: "/overview", act: button(/^Sync billing…/) },
  { name: "activity", as: "admin", path: "/activity" },
  { name: "activity-failures", as: "admin", path: "/activity?kind=failure&engine=flux-kustomization" },
  { name: "activity-nothing", as: "admin", path: "/activity?q=nothing-is-called-so" },
  { name: "activity-team", as: "team", path: "/activity" },
  { name: "drift-by-manager", as: "admin", path: "/drift?group=manager" },
  {
    name: "drift-selected",
    as: "admin",
    path: "/drift",
    act: (page) => page.getByRole("checkbox").first().click(),
  },
  { name: "graph", as: "admin", path: `/apps/${units.kustomization}?tab=resources&as=graph`, act: graphDrawn },
  { name: "graph-failing", as: "admin", path: `/apps/${units.failing}?tab=resources&as=graph`, act: graphDrawn },
  { name: "graph-argocd", as: "admin", path: `/apps/${units.argocd}?tab=resources&as=graph`, act: graphDrawn },
  { name: "resources-list", as: "admin", path: `/apps/${units.kustomization}?tab=resources&as=list` },
  { name: "logs", as: "admin", path: `/apps/${units.kustomization}?tab=logs`, act: linesShown },
  { name: "manifest", as: "admin", path: `/apps/${units.kustomization}?tab=manifest`, act: linesShown },
  ...["diff", "desired", "logs", "events"].map((show): Scene => ({
    name: `drawer-workload-${show}`,
    as: "admin",
    path: `/apps/${units.kustomization}?tab=resources&resource=apps/StatefulSet/doc-router-production/doc-router-worker&show=${show}`,
  })),
  {
    name: "dialog-scale",
    as: "admin",
    path: `/apps/${units.kustomization}?tab=resources&resource=apps/Deployment/doc-router-production/doc-router-backend`,
    act: button("Scale…"),
  },
];
