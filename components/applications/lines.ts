import { rowKey, type Application } from "#lib/model/application.ts";
import type { Group } from "./group.ts";

/** A line of the list: the head of a group, or as many applications as stand beside one another. */
export type Line = { key: string; group: Group; folded: boolean } | { key: string; rows: readonly Application[] };

/** The key of a group's head among the keys of rows: no application's key begins so. */
export function headKey(group: Pick<Group, "key">): string {
  return `group:${group.key}`;
}

/** Lays rows out in lines of `perLine`. */
export function rowLines(rows: readonly Application[], perLine: number): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < rows.length; at += perLine) {
    const first = rows[at];
    if (first) lines.push({ key: rowKey(first), rows: rows.slice(at, at + perLine) });
  }
  return lines;
}

/** Lays groups out: each its head, and its rows unless it is folded. */
export function groupLines(groups: readonly Group[], folded: ReadonlySet<string>, perLine: number): Line[] {
  return groups.flatMap((group) => {
    const isFolded = folded.has(group.key);
    const head = { key: headKey(group), group, folded: isFolded };
    return isFolded ? [head] : [head, ...rowLines(group.rows, perLine)];
  });
}

/** The keys on a line, of what can be the current one. */
export function keysOf(line: Line): string[] {
  return "group" in line ? [line.key] : line.rows.map(rowKey);
}
