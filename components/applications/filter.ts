import { compareText } from "#lib/compare-text.ts";
import { type Application, engines, driftStatuses, inSeveralClusters, syncStatuses } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";
import { applicationQuery } from "#lib/search/application-query.ts";
import type { ColumnId } from "./columns.ts";
import { mainReason } from "./main-reason.ts";

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

/**
 * Health by how much it needs a person. Not the order in which verdicts are rolled up (`healthRank`): there Unknown is the worst, because
 * it hides what may be worse; here what is known to be broken leads.
 */
const byUrgency: readonly HealthStatus[] = ["Degraded", "Missing", "Unknown", "Progressing", "Suspended", "Healthy"];

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

/** Whether a row is what the query asks for; see {@link applicationQuery}. */
export function matchesQuery(application: Application, query: string): boolean {
  return applicationQuery(query).matches(application, haystack(application));
}

/* Where there are several clusters, their names are words to find rows by; the name of the only one would find all. */
function textOf(application: Application, across: boolean): string {
  return across ? `${haystack(application)}\n${application.cluster.toLowerCase()}` : haystack(application);
}

/** Narrows, sorts and counts in one pass over the rows. Facet counts leave out the facet's own choice. */
export function applyList(
  items: readonly Application[],
  state: ListState,
): { rows: Application[]; facets: Record<Facet, FacetValue[]> } {
  const chosen = facets.map((facet) => new Set(state.selected[facet]));
  const counts = facets.map(() => new Map<string, number>());
  const rows: Application[] = [];
  const query = state.query.trim() === "" ? undefined : applicationQuery(state.query);
  const across = query !== undefined && inSeveralClusters(items);
  for (const item of items) {
    if (query && !query.matches(item, textOf(item, across))) continue;
    let misses = 0;
    let missed = -1;
    const values = facets.map((facet) => valueOf[facet](item));
    values.forEach((value, index) => {
      const set = chosen[index];
      if (set === undefined || set.size === 0 || set.has(value)) return;
      misses += 1;
      missed = index;
    });
    if (misses === 0) rows.push(item);
    if (misses > 1) continue;
    values.forEach((value, index) => {
      if (misses === 0 || missed === index) counts[index]?.set(value, (counts[index]?.get(value) ?? 0) + 1);
    });
  }
  const result = {} as Record<Facet, FacetValue[]>;
  facets.forEach((facet, index) => {
    result[facet] = facetValues(facet, counts[index] ?? new Map(), state.selected[facet]);
  });
  return { rows: sorted(rows, state), facets: result };
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

/** How much a row needs a person, smallest first: health, a failed operation, out of sync, drift, held or suspended. */
export function attention(application: Application): number {
  return (
    byUrgency.indexOf(application.health.status) * 16 -
    (application.operation?.phase === "Failed" ? 8 : 0) -
    (application.sync.status === "OutOfSync" ? 4 : 0) -
    (application.drift.status === "Drifted" ? 2 : 0) -
    (application.hold || application.suspended ? 1 : 0)
  );
}

const nameKeys = new WeakMap<Application, string>();

/** Sorts as people read, `app-9` before `app-10`, and as fast as plain text: a collator takes a hundred times as long. */
function nameKey(application: Application): string {
  const known = nameKeys.get(application);
  if (known !== undefined) return known;
  const { name, namespace, engine, cluster } = application;
  const key = `${name}\n${namespace}\n${engine}\n${cluster}`
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(10, "0"));
  nameKeys.set(application, key);
  return key;
}

/** What a row is sorted by. All times are RFC 3339 in UTC, which sort as text. */
const sortValues: Record<SortKey, (application: Application) => number | string> = {
  worst: attention,
  name: () => 0,
  cluster: ({ cluster }) => cluster,
  namespace: ({ namespace }) => namespace,
  engine: ({ engine }) => engines.indexOf(engine),
  revision: ({ revision }) => revision.applied ?? "",
  deployed: ({ lastDeployedAt }) => lastDeployedAt ?? "",
};

/** The rows in order; each is looked at once and not with every comparison. Where the values are the same, names decide. */
function sorted(rows: readonly Application[], { sort, descending }: ListState): Application[] {
  const valueOfRow = sortValues[sort];
  const keyed = rows.map((row) => ({ row, value: valueOfRow(row), name: nameKey(row) }));
  const sign = descending ? -1 : 1;
  // The newest first.
  const valueSign = sort === "deployed" ? -sign : sign;
  const nameSign = sort === "name" ? sign : 1;
  keyed.sort((a, b) => {
    if (a.value !== b.value) return a.value < b.value ? -valueSign : valueSign;
    return nameSign * compareText(a.name, b.name);
  });
  return keyed.map(({ row }) => row);
}
