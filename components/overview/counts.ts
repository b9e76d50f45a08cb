import type { Application } from "#lib/model/application.ts";

/** What the columns of the table of counts ask of the list, by the list's own facets. */
export const countColumns = [
  { key: "Degraded", facet: "health", tone: "bad" },
  { key: "Missing", facet: "health", tone: "warn" },
  { key: "Unknown", facet: "health", tone: "idle" },
  { key: "Progressing", facet: "health", tone: "busy" },
  { key: "Suspended", facet: "health", tone: "idle" },
  { key: "Healthy", facet: "health", tone: "ok" },
  { key: "OutOfSync", facet: "sync", tone: "warn" },
  { key: "Drifted", facet: "drift", tone: "warn" },
] as const;

/** A column of the table of counts. */
export type CountColumn = (typeof countColumns)[number]["key"];

/** What applications are counted by. */
export type CountGroup = "engine" | "namespace" | "cluster";

/** How many applications of one engine, namespace or cluster are in each state. */
export type CountRow = { group: string; total: number } & Record<CountColumn, number>;

/** Counts by engine, namespace or cluster; those in the most trouble first, then the biggest. */
export function countBy(applications: readonly Application[], by: CountGroup): CountRow[] {
  const rows = new Map<string, CountRow>();
  for (const { health, sync, drift, ...application } of applications) {
    const group = application[by];
    const row = rows.get(group) ?? emptyRow(group);
    row.total += 1;
    row[health.status] += 1;
    if (sync.status === "OutOfSync") row.OutOfSync += 1;
    if (drift.status === "Drifted") row.Drifted += 1;
    rows.set(group, row);
  }
  return [...rows.values()].sort(
    (a, b) =>
      b.Degraded - a.Degraded ||
      b.Missing - a.Missing ||
      b.OutOfSync + b.Drifted - (a.OutOfSync + a.Drifted) ||
      b.total - a.total ||
      a.group.localeCompare(b.group),
  );
}

/** The counts of all together. */
export function sumOf(rows: readonly CountRow[]): CountRow {
  const sum = emptyRow("");
  for (const row of rows) {
    sum.total += row.total;
    for (const { key } of countColumns) sum[key] += row[key];
  }
  return sum;
}

function emptyRow(group: string): CountRow {
  return {
    group,
    total: 0,
    Degraded: 0,
    Missing: 0,
    Unknown: 0,
    Progressing: 0,
    Suspended: 0,
    Healthy: 0,
    OutOfSync: 0,
    Drifted: 0,
  };
}
