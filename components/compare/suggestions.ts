import { type Application, applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { applyList, emptyState } from "#components/applications/filter.ts";

/* More than anyone reads; whoever looks for another one types on. */
const most = 60;

/**
 * Applications to put beside another one: what fits the typed words; those first whose names have most words in common with the other's, as
 * staging's and production's do.
 */
export function suggestions(
  items: readonly Application[],
  query: string,
  other: ApplicationRef | undefined,
): readonly Application[] {
  const found = applyList(items, { ...emptyState, query, sort: "name" }).rows;
  const words = new Set(other ? wordsOf(other) : []);
  const near = (item: Application): number => {
    if (!other || applicationKey(item) === applicationKey(other)) return 0;
    const own = wordsOf(item);
    return own.filter((word) => words.has(word)).length / Math.max(own.length, words.size);
  };
  return found
    .map((item) => ({ item, near: near(item) }))
    .toSorted((a, b) => b.near - a.near)
    .slice(0, most)
    .map(({ item }) => item);
}

function wordsOf({ name }: Pick<ApplicationRef, "name">): string[] {
  return name.split("-");
}
