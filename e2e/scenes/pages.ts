import { button, failing, menu, units, waitingFor, type Scene } from "./scene.ts";

const compared = (right: string) =>
  `/compare?left=${encodeURIComponent("flux-kustomization/flux-system/doc-router-staging")}&right=${encodeURIComponent(right)}`;

/** The pages beside the list: overview, drift, sources, activity, comparison; and what shows when there is nothing to show. */
export const pageScenes: readonly Scene[] = [
  { name: "overview", as: "admin", path: "/overview" },
  { name: "overview-namespaces-days", as: "admin", path: "/overview?by=namespace&trend=days" },
  { name: "overview-team", as: "team", path: "/overview" },
  { name: "overview-dialog", as: "admin", path: "/overview", act: button(/^Sync billing…/) },
  { name: "drift", as: "admin", path: "/drift" },
  { name: "drift-by-manager", as: "admin", path: "/drift?group=manager" },
  { name: "drift-by-age", as: "admin", path: "/drift?group=age" },
  { name: "drift-team", as: "team", path: "/drift" },
  { name: "drift-nothing", as: "admin", path: "/drift?q=nothing-is-called-so" },
  {
    name: "drift-selected",
    as: "admin",
    path: "/drift",
    act: (page) => page.getByRole("checkbox").first().click(),
  },
  { name: "sources", as: "admin", path: "/sources" },
  { name: "sources-narrowed", as: "admin", path: "/sources?kind=OCIRepository" },
  { name: "sources-nothing", as: "admin", path: "/sources?q=nothing-is-called-so" },
  { name: "sources-team", as: "team", path: "/sources" },
  { name: "sources-images", as: "admin", path: "/sources?view=images" },
  { name: "sources-notifications", as: "admin", path: "/sources?view=notifications" },
  { name: "sources-operator", as: "admin", path: "/sources?view=operator" },
  {
    name: "drawer-source",
    as: "admin",
    path: "/sources",
    async act(page) {
      await page.getByRole("row").filter({ hasText: "doc-router" }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "activity", as: "admin", path: "/activity" },
  { name: "activity-failures", as: "admin", path: "/activity?kind=failure&engine=flux-kustomization" },
  { name: "activity-nothing", as: "admin", path: "/activity?q=nothing-is-called-so" },
  { name: "activity-team", as: "team", path: "/activity" },
  { name: "compare-empty", as: "admin", path: "/compare" },
  { name: "compare", as: "admin", path: compared(units.kustomization) },
  {
    name: "compare-open",
    as: "admin",
    path: compared(units.kustomization),
    act: (page) =>
      page
        .getByRole("button", { name: /ConfigMap.*doc-router-config/ })
        .first()
        .click(),
  },
  { name: "compare-engines", as: "admin", path: compared(units.argocd) },
  {
    name: "compare-choice",
    as: "admin",
    path: "/compare?left=flux-kustomization/flux-system/doc-router-staging",
    act: menu(/^Right application:/),
  },
  { name: "not-found", as: "admin", path: "/apps/helm/billing/there-is-none" },
  { name: "no-such-page", as: "admin", path: "/nowhere" },
  { name: "loading-app", as: "admin", path: `/apps/${units.helm}`, before: waitingFor("**/api/v1/applications/**") },
  { name: "loading-overview", as: "admin", path: "/overview", before: waitingFor("**/api/v1/overview*") },
  { name: "loading-activity", as: "admin", path: "/activity", before: waitingFor("**/api/v1/activity*") },
  { name: "loading-sources", as: "admin", path: "/sources", before: waitingFor("**/api/v1/sources*") },
  { name: "loading-compare", as: "admin", path: compared(units.argocd), before: waitingFor("**/api/v1/compare*") },
  {
    name: "loading-history",
    as: "admin",
    path: `/apps/${units.helm}?tab=history`,
    before: waitingFor("**/history*"),
  },
  { name: "error-overview", as: "admin", path: "/overview", before: failing("**/api/v1/overview*") },
  { name: "error-sources", as: "admin", path: "/sources", before: failing("**/api/v1/sources*") },
  { name: "error-activity", as: "admin", path: "/activity", before: failing("**/api/v1/activity*") },
  { name: "error-history", as: "admin", path: `/apps/${units.helm}?tab=history`, before: failing("**/history*") },
];
