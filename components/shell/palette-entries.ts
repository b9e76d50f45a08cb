import type { Application, ApplicationRef } from "#lib/model/application.ts";
import { applicationKey, engines } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";
import { applyList, emptyState } from "#components/applications/filter.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { applicationHref, inCluster } from "#components/live/paths.ts";

/** A place that the palette leads to. */
export type PaletteEntry = { key: string; label: string; hint: string; href: string; health?: HealthStatus };

const pages: ReadonlyArray<[label: string, path: string]> = [
  ["Overview", "/overview"],
  ["Applications", "/apps"],
  ["Drift", "/drift"],
  ["Sources", "/sources"],
  ["Compare applications", "/compare"],
  ["Activity", "/activity"],
];

const tabs: ReadonlyArray<[label: string, tab: string | undefined]> = [
  ["Overview", undefined],
  ["Resources", "resources"],
  ["Drift", "drift"],
  ["History and rollback", "history"],
  ["Events", "events"],
];

/* More than anyone reads; whoever looks for another one types on. */
const most = 40;

/** The application whose page a path is. */
export function openApplication(pathname: string): ApplicationRef | undefined {
  const [page, engineName, namespace, name] = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  const engine = engines.find((each) => each === engineName);
  return page === "apps" && engine !== undefined && namespace !== undefined && name !== undefined
    ? { engine, namespace, name }
    : undefined;
}

/** Where one can go from here: views of the open application, pages, and applications, those first whose name begins with what was typed. */
export function paletteEntries(
  query: string,
  items: readonly Application[],
  here: ApplicationRef | undefined,
): PaletteEntry[] {
  const typed = query.trim().toLowerCase();
  const fits = (text: string) => typed.split(/\s+/).every((word) => text.toLowerCase().includes(word));
  const views = here === undefined ? [] : tabs.filter(([label]) => fits(`${here.name} ${label}`));
  const found = applyList(items, { ...emptyState, query }).rows;
  const first = typed === "" ? [] : found.filter((item) => item.name.toLowerCase().startsWith(typed));
  return [
    ...views.map(([label, tab]) => ({
      key: `tab ${label}`,
      label,
      hint: here?.name ?? "",
      href: here === undefined ? "" : applicationHref(here, tab),
    })),
    ...pages
      .filter(([label]) => fits(label))
      .map(([label, path]) => ({ key: `page ${path}`, label, hint: "Page", href: inCluster(path) })),
    ...[...new Set([...first, ...found])].slice(0, most).map((item) => ({
      key: applicationKey(item),
      label: item.name,
      hint: `${item.namespace} · ${engineLabel[item.engine]}`,
      href: applicationHref(item),
      health: item.health.status,
    })),
  ];
}
