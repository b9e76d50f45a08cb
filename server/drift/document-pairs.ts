import type { Diff } from "#lib/api/diff-contract.ts";
import type { StateDocument } from "./unit-state.ts";

/** Documents of the same title side by side. None where one end has no documents at all: there is nothing to put beside the other's. */
export function documentPairs(
  from: readonly StateDocument[],
  to: readonly StateDocument[],
): NonNullable<Diff["documents"]> {
  if (from.length === 0 || to.length === 0) return [];
  const titles = [...new Set([...from, ...to].map(({ title }) => title))];
  const textOf = (documents: readonly StateDocument[], title: string): string =>
    documents.find((document) => document.title === title)?.text ?? "";
  return titles
    .map((title) => ({ title, from: textOf(from, title), to: textOf(to, title) }))
    .filter((document) => document.from !== "" || document.to !== "");
}
