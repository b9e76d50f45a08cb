import type { Application } from "#lib/model/application.ts";
import { applyList, type Facet, type FacetValue } from "./filter.ts";
import { readListState } from "./list-url.ts";

/** What the server puts into the page, so that it has rows before the browser has asked for any. */
export type FirstRows = {
  rows: Application[];
  facets: Record<Facet, FacetValue[]>;
  /** How many there are under this search, and in all. */
  shown: number;
  total: number;
};

/* As many as a tall window shows; each is two milliseconds of the server's time, before anything of the page is there. */
const enough = 28;

/**
 * The rows that a list begins with for this query of its page; undefined where the beginning alone would say something wrong, as of groups,
 * or where there is nothing to show yet.
 */
export function firstRows(items: readonly Application[], query: URLSearchParams): FirstRows | undefined {
  const state = readListState(query);
  if (items.length === 0 || state.group !== undefined || state.view === "cards") return undefined;
  const { rows, facets } = applyList(items, state, enough);
  return { rows: rows.slice(0, enough), facets, shown: rows.length, total: items.length };
}
