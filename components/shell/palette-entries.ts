import type { Application, ApplicationRef } from "#lib/model/application.ts";
import { engines, inSeveralClusters, rowKey } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";
import { applyList, emptyState } from "#components/applications/filter.ts";
import type { SavedView } from "#components/applications/saved-views.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { applicationHref, compareHref, inCluster } from "#components/live/paths.ts";

/** Something that the palette does: it leads somewhere, or presses the key that does the same on the page that is open. */
export type PaletteEntry = { key: string; label: string; hint: string; health?: HealthStatus } & (
  | { href: string }
  | { press: string }
);

/** What can be done with the application that is open, by the keys of its page. Its dialog asks before anything is done. */
const actions: ReadonlyArray<[label: string, key: string]> = [
  ["Sync…", "s"],
  ["Roll back…", "r"],
];

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
  ["Logs", "logs"],
  ["Manifest", "manifest"],
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

/**
 * Where one can go from here and what can be done: actions and views of the open application, pages, saved views, and applications, those
 * first whose name begins with what was typed.
 */
export function paletteEntries(
  query: string,
  items: readonly Application[],
  here: ApplicationRef | undefined,
  views: readonly SavedView[] = [],
): PaletteEntry[] {
  const typed = query.trim().toLowerCase();
  const fits = (text: string) => typed.split(/\s+/).every((word) => text.toLowerCase().includes(word));
  const parts = here === undefined ? [] : tabs.filter(([label]) => fits(`${here.name} ${label}`));
  const found = applyList(items, { ...emptyState, query }).rows;
  const across = inSeveralClusters(items);
  const first = typed === "" ? [] : found.filter((item) => item.name.toLowerCase().startsWith(typed));
  const able = here === undefined ? [] : actions.filter(([label]) => fits(`${here.name} ${label}`));
  return [
    ...able.map(([label, press]) => ({ key: `action ${label}`, label, hint: here?.name ?? "", press })),
    ...(here !== undefined && fits(`${here.name} Compare with another`)
      ? [
          {
            key: "compare",
            label: "Compare with another",
            hint: here.name,
            href: compareHref({ application: here, revision: "desired" }),
          },
        ]
      : []),
    ...parts.map(([label, tab]) => ({
      key: `tab ${label}`,
      label,
      hint: here?.name ?? "",
      href: here === undefined ? "" : applicationHref(here, tab),
    })),
    ...pages
      .filter(([label]) => fits(label))
      .map(([label, path]) => ({ key: `page ${path}`, label, hint: "Page", href: inCluster(path) })),
    ...views
      .filter(({ name }) => fits(name))
      .map(({ name, query }) => ({
        key: `view ${name}`,
        label: name,
        hint: "Saved view",
        href: inCluster(query === "" ? "/apps" : `/apps?${query}`),
      })),
    ...(fits("Keyboard shortcuts") && typed !== ""
      ? [{ key: "keys", label: "Keyboard shortcuts", hint: "Help", press: "?" }]
      : []),
    ...[...new Set([...first, ...found])].slice(0, most).map((item) => ({
      key: rowKey(item),
      label: item.name,
      hint: `${across ? `${item.cluster} · ` : ""}${item.namespace} · ${engineLabel[item.engine]}`,
      href: applicationHref(item),
      health: item.health.status,
    })),
  ];
}
