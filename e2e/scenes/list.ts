import type { Page } from "@playwright/test";
import { button, menu, opening, type Scene } from "./scene.ts";

/** The first few rows, selected. */
async function select(page: Page): Promise<void> {
  for (const name of ["billing", "checkout", "session-store", "doc-router-production"])
    await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
}

/** The present view, kept under a name. */
async function keepView(page: Page): Promise<void> {
  await button("Views")(page);
  const dialog = page.getByRole("dialog", { name: "Saved views" });
  await dialog.getByRole("textbox").fill("Broken in production");
  await dialog.getByRole("button", { name: /Save|Keep/ }).click();
}

const bothStaging = ["sandbox", "sandbox-two"].map((cluster) => `Select doc-router-staging in ${cluster}`);

/** All clusters of a session together. */
const clusterScenes: readonly Scene[] = [
  { name: "clusters-list", as: "admin", clusters: true, path: "/apps?cluster=*" },
  { name: "clusters-grouped", as: "admin", clusters: true, path: "/apps?cluster=*&group=cluster" },
  { name: "clusters-cards", only: "wide", as: "admin", clusters: true, path: "/apps?cluster=*&view=cards" },
  { name: "clusters-menu", as: "admin", clusters: true, path: "/apps?cluster=*", act: menu("All clusters") },
  { name: "clusters-overview", as: "admin", clusters: true, path: "/overview?cluster=*" },
  { name: "clusters-drift", as: "admin", clusters: true, path: "/drift?cluster=*" },
  { name: "clusters-which", as: "admin", clusters: true, path: "/sources?cluster=*" },
  {
    name: "clusters-bulk",
    as: "admin",
    clusters: true,
    path: "/apps?cluster=*&q=name:doc-router-staging",
    async act(page) {
      for (const name of bothStaging) await page.getByRole("checkbox", { name, exact: true }).check();
      await button("Sync…")(page);
      await page.getByText("Left out: ").first().waitFor({ timeout: 60_000 });
      await page.getByRole("button", { name: /^Sync 1 application/ }).waitFor({ timeout: 60_000 });
    },
  },
];

/** The list of applications in all its forms, and what opens above it. */
export const listScenes: readonly Scene[] = [
  { name: "list", as: "admin", path: "/apps" },
  { name: "list-filtered", as: "admin", path: "/apps?health=Degraded&engine=flux-kustomization" },
  { name: "list-nothing", as: "admin", path: "/apps?q=nothing-is-called-so" },
  { name: "list-team", as: "team", path: "/apps" },
  { name: "list-viewer", as: "viewer", path: "/apps" },
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
  { name: "list-cards-grouped", as: "admin", path: "/apps?view=cards&group=engine" },
  { name: "list-columns", only: "wide", as: "admin", path: "/apps", act: menu("Columns") },
  { name: "list-group-menu", only: "wide", as: "admin", path: "/apps", act: menu(/^Group/) },
  { name: "list-views", only: "wide", as: "admin", path: "/apps?q=health:degraded", act: menu("Views") },
  { name: "list-view-saved", only: "wide", as: "admin", path: "/apps?q=health:degraded", act: keepView },
  { name: "list-filters", only: "narrow", as: "admin", path: "/apps", act: menu("Filters") },
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
  {
    name: "palette-found",
    as: "admin",
    path: "/apps",
    async act(page) {
      await opening("Control+k")(page);
      await page.getByRole("combobox", { name: "Application, namespace or page" }).fill("doc");
    },
  },
  {
    name: "palette-nothing",
    as: "admin",
    path: "/apps",
    async act(page) {
      await opening("Control+k")(page);
      await page.getByRole("combobox", { name: "Application, namespace or page" }).fill("zzzz");
    },
  },
  ...clusterScenes,
  { name: "menu-identity", as: "admin", path: "/apps", act: menu(/^Logged in as/) },
  { name: "menu-cluster", as: "admin", path: "/apps", act: menu(/^Cluster /) },
  {
    name: "dialog-cluster",
    as: "admin",
    path: "/apps",
    async act(page) {
      await button(/^Cluster /)(page);
      await page.getByRole("menuitem", { name: /^Log in to another/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
];
