import { emptyState, facets, sorts, type Facet, type ListState } from "./filter.ts";

/** Reads what a list shows from the query of its page. Values that mean nothing are kept out. */
export function readListState(params: URLSearchParams): ListState {
  const selected = { ...emptyState.selected } as Record<Facet, readonly string[]>;
  for (const facet of facets) {
    const values = (params.get(facet) ?? "").split(",").filter(Boolean);
    if (values.length > 0) selected[facet] = [...new Set(values)];
  }
  const asked = params.get("sort") ?? "";
  const descending = asked.startsWith("-");
  const sort = sorts.find((key) => key === asked.replace(/^-/, ""));
  return {
    query: params.get("q") ?? "",
    selected,
    sort: sort ?? "worst",
    descending: sort !== undefined && descending,
  };
}

/** Writes it back; what is as always is left out, and everything else in the query stays. */
export function writeListState(state: ListState, current: URLSearchParams): string {
  const params = new URLSearchParams(current);
  const set = (key: string, value: string) => (value === "" ? params.delete(key) : params.set(key, value));
  set("q", state.query);
  for (const facet of facets) set(facet, state.selected[facet].join(","));
  set("sort", state.sort === "worst" && !state.descending ? "" : `${state.descending ? "-" : ""}${state.sort}`);
  return params.toString().replaceAll("%2C", ",");
}

/** Chooses or lets go of one value of a facet. */
export function toggleFacet(state: ListState, facet: Facet, value: string): ListState {
  const chosen = state.selected[facet];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return { ...state, selected: { ...state.selected, [facet]: next } };
}

/** Whether anything narrows the list. */
export function isNarrowed(state: ListState): boolean {
  return state.query !== "" || facets.some((facet) => state.selected[facet].length > 0);
}
