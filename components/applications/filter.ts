import { type Application, engines, driftStatuses, inSeveralClusters, syncStatuses } from "#lib/model/application.ts";
import { applicationQuery } from "#lib/search/application-query.ts";
import type { ColumnId } from "./columns.ts";
import { mainReason } from "./main-reason.ts";
import { byUrgency, inOrder, inOrderUntil } from "./order.ts";

/** The properties that a list can be narrowed by. */
export const facets = ["health", "sync", "drift", "engine", "cluster", "namespace"] as const;

/** A property that a list can be narrowed by. */
export type Facet = (typeof facets)[number];

/** The columns that a list can be sorted by; `worst` is the order of attention. */
export const sorts = ["worst", "name", "cluster", "namespace", "engine", "revision", "deployed"] as const;

/** What a list is sorted by. */
export type SortKey = (typeof sorts)[number];

/** What rows can be put together by; `label:KEY` by the value of a label. */
export const groupings = ["cluster", "namespace", "engine", "source", "owner"] as const;

/** What rows are put together by. */
export type Grouping = (typeof groupings)[number] | `label:${string}`;

/** What a person asked to see: it is the whole of what the URL holds for a list. */
export type ListState = {
  query: string;
  selected: Readonly<Record<Facet, readonly string[]>>;
  sort: SortKey;
  descending: boolean;
  group: Grouping | undefined;
  /** The groups that are folded, by their keys. */
  folded: readonly string[];
  /** Absent where the URL says nothing: what the person chose last, else the usual ones. */
  columns: readonly ColumnId[] | undefined;
  view: "table" | "cards";
};

/** Value of a facet, and how many rows it would show under everything else that is chosen. */
export type FacetValue = { value: string; count: number; selected: boolean };

/** A list as it is before anyone asks for anything. */
export const emptyState: ListState = {
  query: "",
  selected: { health: [], sync: [], drift: [], engine: [], cluster: [], namespace: [] },
  sort: "worst",
  descending: false,
  group: undefined,
  folded: [],
  columns: undefined,
  view: "table",
};

const valueOf: Record<Facet, (application: Application) => string> = {
  health: ({ health }) => health.status,
  sync: ({ sync }) => sync.status,
  drift: ({ drift }) => drift.status,
  engine: ({ engine }) => engine,
  cluster: ({ cluster }) => cluster,
  namespace: ({ namespace }) => namespace,
};

const haystacks = new WeakMap<Application, string>();

/** Everything of a row that free search looks at, once for each version of the row. */
function haystack(application: Application): string {
  const known = haystacks.get(application);
  if (known !== undefined) return known;
  const { revision, hold, labels } = application;
  const text = [
    application.name,
    application.namespace,
    application.engine,
    application.health.status,
    application.sync.status,
    mainReason(application)?.text,
    revision.applied,
    revision.desired,
    hold && "hold held",
    application.suspended && "suspended",
    ...application.sources.flatMap((source) => [source.name, source.url, source.chart, source.path, source.version]),
    ...Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`),
  ]
    .filter(Boolean)
    .join("\n")
    .toLowerCase();
  haystacks.set(application, text);
  return text;
}

/**
 * Reads rows ahead of a search, as long as there is time: the first letter then waits for none of it. Rows that are known are passed over.
 * @param hasTime asked now and then whether to go on @returns whether all are read
 */
export function readAhead(items: readonly Application[], hasTime: () => boolean): boolean {
  let read = 0;
  for (const item of items) {
    if (haystacks.has(item)) continue;
    if (read % 50 === 0 && !hasTime()) return false;
    haystack(item);
    read += 1;
  }
  return true;
}

/** Whether a row is what the query asks for; see {@link applicationQuery}. */
export function matchesQuery(application: Application, query: string): boolean {
  return applicationQuery(query).matches(application, haystack(application));
}

/* Where there are several clusters, their names are words to find rows by; the name of the only one would find all. */
function textOf(application: Application, across: boolean): string {
  return across ? `${haystack(application)}\n${application.cluster.toLowerCase()}` : haystack(application);
}

/**
 * Narrows, sorts and counts in one pass over the rows. Facet counts leave out the facet's own choice.
 *
 * @param wanted how many rows, from the first on, need to be in order; all unless told
 */
export function applyList(
  items: readonly Application[],
  state: ListState,
  wanted?: number,
): { rows: Application[]; facets: Record<Facet, FacetValue[]> } {
  const tallies = facets.map((facet) => ({
    valueOf: valueOf[facet],
    chosen: state.selected[facet].length === 0 ? undefined : new Set(state.selected[facet]),
    counts: new Map<string, number>(),
  }));
  const narrowing = tallies.filter(({ chosen }) => chosen !== undefined);
  const rows: Application[] = [];
  const query = state.query.trim() === "" ? undefined : applicationQuery(state.query);
  const across = query !== undefined && inSeveralClusters(items);
  const { sort, descending } = state;
  const ordered =
    wanted === undefined
      ? inOrder(items, sort, descending)
      : inOrderUntil(items, sort, descending, () => rows.length >= wanted);
  for (const item of ordered) {
    if (query && !query.matches(item, textOf(item, across))) continue;
    let misses = 0;
    let missed: (typeof tallies)[number] | undefined;
    for (const each of narrowing) {
      if (each.chosen?.has(each.valueOf(item)) !== false) continue;
      misses += 1;
      missed = each;
    }
    if (misses === 0) rows.push(item);
    if (misses > 1) continue;
    for (const each of missed ? [missed] : tallies) {
      const value = each.valueOf(item);
      each.counts.set(value, (each.counts.get(value) ?? 0) + 1);
    }
  }
  const result = {} as Record<Facet, FacetValue[]>;
  facets.forEach((facet, index) => {
    result[facet] = facetValues(facet, tallies[index]?.counts ?? new Map(), state.selected[facet]);
  });
  return { rows, facets: result };
}

const orders: Record<Exclude<Facet, "cluster" | "namespace">, readonly string[]> = {
  health: byUrgency,
  sync: ["OutOfSync", "Unknown", "Synced"] satisfies Array<(typeof syncStatuses)[number]>,
  drift: ["Drifted", "Unknown", "None"] satisfies Array<(typeof driftStatuses)[number]>,
  engine: engines,
};

function facetValues(facet: Facet, counts: ReadonlyMap<string, number>, selected: readonly string[]): FacetValue[] {
  const present = new Set([...counts.keys(), ...selected]);
  const order =
    facet === "namespace" || facet === "cluster"
      ? [...present].sort((a, b) => a.localeCompare(b))
      : orders[facet].filter((value) => present.has(value));
  return order.map((value) => ({ value, count: counts.get(value) ?? 0, selected: selected.includes(value) }));
}
