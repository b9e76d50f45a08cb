import { rowKey, type Application } from "#lib/model/application.ts";
import type { OnDemand } from "#components/ui/virtual-grid.tsx";
import type { Group } from "./group.ts";

/** A line of the list: the head of a group, or as many applications as stand beside one another. */
export type Line = { key: string; group: Group; folded: boolean } | { key: string; rows: readonly Application[] };

/** The key of a group's head among the keys of rows: no application's key begins so. */
export function headKey(group: Pick<Group, "key">): string {
  return `group:${group.key}`;
}

/** Lays rows out in lines of `perLine`. A line is made when it is looked at: of thousands, dozens are, and all would have to be made anew with every letter of a search. */
export function rowLines(rows: readonly Application[], perLine: number): OnDemand<Line> {
  return {
    length: Math.ceil(rows.length / perLine),
    at: (index) => {
      const first = rows[index * perLine];
      return first && { key: rowKey(first), rows: rows.slice(index * perLine, (index + 1) * perLine) };
    },
  };
}

/** Lays groups out: each its head, and its rows unless it is folded. */
export function groupLines(groups: readonly Group[], folded: ReadonlySet<string>, perLine: number): Line[] {
  return groups.flatMap((group) => {
    const isFolded = folded.has(group.key);
    const head = { key: headKey(group), group, folded: isFolded };
    return isFolded ? [head] : [head, ...allOf(rowLines(group.rows, perLine))];
  });
}

/** The keys on a line, of what can be the current one. */
export function keysOf(line: Line): string[] {
  return "group" in line ? [line.key] : line.rows.map(rowKey);
}

/** Makes all that could be looked at. */
export function allOf<T>(them: OnDemand<T>): T[] {
  return Array.from({ length: them.length }, (_, index) => them.at(index)).filter((each) => each !== undefined);
}
