import { allColumns, columnsOf } from "./columns.ts";
import { groupingOf } from "./group.ts";
import { emptyState, facets, sorts, type Facet, type ListState } from "./filter.ts";

/** The part of the query, once for each, that narrows the list of several clusters to some of them. */
export const clusterFacet = "in";

/** Reads what a list shows from the query of its page. Values that mean nothing are kept out. */
export function readListState(params: URLSearchParams): ListState {
  const selected = { ...emptyState.selected } as Record<Facet, readonly string[]>;
  for (const facet of facets) {
    // `cluster` says which are shown at all, and names of clusters may hold anything.
    const values =
      facet === "cluster" ? params.getAll(clusterFacet) : (params.get(facet) ?? "").split(",").filter(Boolean);
    if (values.length > 0) selected[facet] = [...new Set(values)];
  }
  const asked = params.get("sort") ?? "";
  const descending = asked.startsWith("-");
  const sort = sorts.find((key) => key === asked.replace(/^-/, ""));
  const chosen = (params.get("columns") ?? "").split(",").filter((id) => allColumns.some((each) => each === id));
  return {
    query: params.get("q") ?? "",
    selected,
    sort: sort ?? "worst",
    descending: sort !== undefined && descending,
    group: groupingOf(params.get("group")),
    folded: params.getAll("fold"),
    columns: chosen.length > 0 ? columnsOf(chosen) : undefined,
    view: params.get("view") === "cards" ? "cards" : "table",
  };
}

/** Writes it back; what is as always is left out, and everything else in the query stays. */
export function writeListState(state: ListState, current: URLSearchParams): string {
  const params = new URLSearchParams(current);
  const set = (key: string, value: string) => (value === "" ? params.delete(key) : params.set(key, value));
  set("q", state.query);
  for (const facet of facets) if (facet !== "cluster") set(facet, state.selected[facet].join(","));
  params.delete(clusterFacet);
  for (const name of state.selected.cluster) params.append(clusterFacet, name);
  set("sort", state.sort === "worst" && !state.descending ? "" : `${state.descending ? "-" : ""}${state.sort}`);
  set("group", state.group ?? "");
  params.delete("fold");
  for (const key of state.group === undefined ? [] : state.folded) params.append("fold", key);
  set("columns", state.columns?.join(",") ?? "");
  set("view", state.view === "cards" ? "cards" : "");
  return params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** Chooses or lets go of one value of a facet. */
export function toggleFacet(state: ListState, facet: Facet, value: string): ListState {
  const chosen = state.selected[facet];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return { ...state, selected: { ...state.selected, [facet]: next } };
}

/** The list with nothing that narrows it, laid out as before. */
export function widened(state: ListState): ListState {
  return { ...state, query: emptyState.query, selected: emptyState.selected };
}

/** Whether anything narrows the list. */
export function isNarrowed(state: ListState): boolean {
  return state.query !== "" || facets.some((facet) => state.selected[facet].length > 0);
}
