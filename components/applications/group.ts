import type { Application } from "#lib/model/application.ts";
import { healthStatuses, type HealthStatus } from "#lib/model/health-status.ts";
import { engineName } from "./engine-label.ts";
import { groupings, type Grouping } from "./filter.ts";
import { attention } from "./order.ts";

/** Rows that have something in common. */
export type Group = {
  /** The value that they share; empty for those that have none. */
  key: string;
  label: string;
  rows: Application[];
  /** The health of the one that needs a person most. */
  worst: HealthStatus;
  /** How many there are of each health, the worst first. */
  counts: Array<[HealthStatus, number]>;
};

/** What a grouping is called. */
export function groupingLabel(by: Grouping): string {
  if (by.startsWith("label:")) return `Label ${by.slice(6)}`;
  return `${by.charAt(0).toUpperCase()}${by.slice(1)}`;
}

/** What rows can be put together by, besides labels. @param across whether they are of several clusters */
export function groupingsFor(across: boolean): ReadonlyArray<(typeof groupings)[number]> {
  return groupings.filter((each) => across || each !== "cluster");
}

/** Reads a grouping from the URL; undefined for what is none. */
export function groupingOf(text: string | null): Grouping | undefined {
  if (text === null) return undefined;
  if (text.startsWith("label:") && text.length > 6) return `label:${text.slice(6)}`;
  return groupings.find((each) => each === text);
}

function keyOf(by: Grouping, { cluster, namespace, engine, sources, managedBy, labels }: Application): string {
  if (by === "cluster") return cluster;
  if (by === "namespace") return namespace;
  if (by === "engine") return engine;
  if (by === "owner") return managedBy === undefined ? "" : `${managedBy.namespace}/${managedBy.name}`;
  if (by === "source") {
    const [source] = sources;
    return source === undefined ? "" : (source.name ?? source.chart ?? source.url ?? source.kind);
  }
  return labels?.[by.slice(6)] ?? "";
}

const without: Record<string, string> = { source: "No source", owner: "Managed by nothing else" };

function labelOf(by: Grouping, key: string, engine: Application["engine"]): string {
  if (key === "") return without[by] ?? `Without ${by.slice(6)}`;
  return by === "engine" ? engineName[engine] : key;
}

/** Puts rows together. Groups come in the order of their first row, so they keep the list's order and hold as still as it does. */
export function groupRows(rows: readonly Application[], by: Grouping): Group[] {
  const groups = new Map<string, Application[]>();
  for (const row of rows) {
    const key = keyOf(by, row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => {
    const counts = new Map<HealthStatus, number>();
    let [worst] = members;
    for (const row of members) {
      counts.set(row.health.status, (counts.get(row.health.status) ?? 0) + 1);
      if (worst === undefined || attention(row) < attention(worst)) worst = row;
    }
    return {
      key,
      label: labelOf(by, key, members[0]?.engine ?? "kubectl"),
      rows: members,
      worst: worst?.health.status ?? "Unknown",
      counts: healthStatuses.toReversed().flatMap((status) => {
        const count = counts.get(status);
        return count === undefined ? [] : [[status, count] as [HealthStatus, number]];
      }),
    };
  });
}

/* Labels that nearly every row has a value of its own for tell nothing. */
const fewest = 2;

/** The keys of labels that are worth grouping by: those that several rows have, the commonest first. */
export function groupableLabels(rows: readonly Application[]): string[] {
  const counts = new Map<string, number>();
  for (const { labels } of rows)
    for (const key of Object.keys(labels ?? {})) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= fewest)
    .toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, 12)
    .map(([key]) => key);
}
