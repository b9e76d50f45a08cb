import {
  fluxSourceKey,
  fluxSourceKinds,
  fluxSourceStatuses,
  type FluxSource,
  type FluxSourceKind,
  type FluxSourceStatus,
} from "#lib/model/flux-source.ts";

/** The columns that sources can be sorted by; `worst` puts failures first. */
export const sourceSorts = ["worst", "name", "namespace", "kind", "stored"] as const;

/** What sources are sorted by. */
export type SourceSort = (typeof sourceSorts)[number];

/** What a person asked to see: the whole of what the URL holds for this list. */
export type SourceListState = {
  query: string;
  status: readonly FluxSourceStatus[];
  kind: readonly FluxSourceKind[];
  sort: SourceSort;
  descending: boolean;
};

/** A value to narrow by, and how many rows it would show under everything else that is chosen. */
export type Choice<T extends string> = { value: T; count: number; selected: boolean };

/** What is shown, and what it can be narrowed by. */
export type ShownSources = {
  rows: FluxSource[];
  statuses: Choice<FluxSourceStatus>[];
  kinds: Choice<FluxSourceKind>[];
};

/** Everything, the worst first. */
export const allSources: SourceListState = { query: "", status: [], kind: [], sort: "worst", descending: false };

/** Reads what the list shows from the query of its page; values that mean nothing are left out. */
export function readSourceList(params: URLSearchParams): SourceListState {
  const chosen = (name: string): string[] => (params.get(name) ?? "").split(",");
  const asked = params.get("sort") ?? "";
  const sort = sourceSorts.find((key) => key === asked.replace(/^-/, ""));
  return {
    query: params.get("q") ?? "",
    status: fluxSourceStatuses.filter((status) => chosen("status").includes(status)),
    kind: fluxSourceKinds.filter((kind) => chosen("kind").includes(kind)),
    sort: sort ?? "worst",
    descending: sort !== undefined && asked.startsWith("-"),
  };
}

/** The same as parts of a query; what is as always is undefined. */
export function writeSourceList(state: SourceListState): Record<string, string | undefined> {
  const { sort, descending } = state;
  return {
    q: state.query || undefined,
    status: state.status.join(",") || undefined,
    kind: state.kind.join(",") || undefined,
    sort: sort === "worst" && !descending ? undefined : `${descending ? "-" : ""}${sort}`,
  };
}

/** Whether anything narrows the list. */
export function isNarrowedTo({ query, status, kind }: SourceListState): boolean {
  return query !== "" || status.length > 0 || kind.length > 0;
}

/** Narrows and sorts. The counts of a choice leave out what is chosen of its own kind. */
export function showSources(items: readonly FluxSource[], state: SourceListState): ShownSources {
  const found = items.filter((item) => matches(item, state.query));
  const ofStatus = (item: FluxSource): boolean =>
    state.status.length === 0 || state.status.includes(item.status.status);
  const ofKind = (item: FluxSource): boolean => state.kind.length === 0 || state.kind.includes(item.kind);
  const count = <T>(list: FluxSource[], value: T, of: (item: FluxSource) => T): number =>
    list.filter((item) => of(item) === value).length;
  const byKind = found.filter(ofKind);
  const byStatus = found.filter(ofStatus);
  return {
    rows: byKind.filter(ofStatus).toSorted(comparator(state)),
    statuses: fluxSourceStatuses
      .map((value) => ({
        value,
        count: count(byKind, value, ({ status }) => status.status),
        selected: state.status.includes(value),
      }))
      .filter((choice) => choice.count > 0 || choice.selected),
    kinds: fluxSourceKinds
      .map((value) => ({
        value,
        count: count(byStatus, value, ({ kind }) => kind),
        selected: state.kind.includes(value),
      }))
      .filter((choice) => choice.count > 0 || choice.selected),
  };
}

/** Every word must be somewhere in the row; a word with `-` or `!` before it must not be. */
function matches(source: FluxSource, query: string): boolean {
  if (query === "") return true;
  const { status, artifact, verification } = source;
  const text = [
    source.name,
    source.namespace,
    source.kind,
    status.status,
    status.reason,
    status.message,
    source.url,
    source.ref,
    artifact?.revision,
    source.suspended && "suspended",
    source.held && "held",
    verification && `${verification.status} ${verification.by}`,
    ...source.consumers.map(({ namespace, name }) => `${namespace}/${name}`),
  ]
    .filter(Boolean)
    .join("\n")
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => {
      const negated = /^[-!](.+)$/.exec(word)?.[1];
      return negated === undefined ? text.includes(word) : !text.includes(negated);
    });
}

/** How much a source needs a person, smallest first. A suspended one that fails comes before those that are merely suspended. */
function attention({ status, verification, held }: FluxSource): number {
  return (
    fluxSourceStatuses.indexOf(status.status) * 4 -
    (verification?.status === "Failed" ? 2 : 0) -
    (status.condition !== undefined && status.status === "Suspended" ? 1 : 0) -
    (held ? 1 : 0)
  );
}

function comparator({ sort, descending }: SourceListState): (a: FluxSource, b: FluxSource) => number {
  const byName = (a: FluxSource, b: FluxSource): number =>
    a.name.localeCompare(b.name, "en", { numeric: true }) || fluxSourceKey(a).localeCompare(fluxSourceKey(b));
  const by: Record<SourceSort, (a: FluxSource, b: FluxSource) => number> = {
    worst: (a, b) => attention(a) - attention(b),
    name: byName,
    namespace: (a, b) => a.namespace.localeCompare(b.namespace),
    kind: (a, b) => fluxSourceKinds.indexOf(a.kind) - fluxSourceKinds.indexOf(b.kind),
    stored: (a, b) => (b.artifact?.storedAt ?? "").localeCompare(a.artifact?.storedAt ?? ""),
  };
  const sign = descending ? -1 : 1;
  return (a, b) => sign * by[sort](a, b) || byName(a, b);
}
