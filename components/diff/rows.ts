import { diffLines, type DiffLine } from "#lib/diff/line-diff.ts";

/** A stretch of unchanged lines that is not shown; `start` is its place among all lines. */
export type Fold = { kind: "fold"; start: number; count: number };

/** One row of a comparison in one column. */
export type UnifiedRow = DiffLine | Fold;

/** One row of a comparison in two columns; a side is absent where the other has more lines. */
export type SplitRow = Fold | { kind: "pair"; from: DiffLine | undefined; to: DiffLine | undefined };

/** Stretches shorter than this are shown: hiding them would gain nothing. */
const shortest = 4;

/** All lines of both texts in order, changed ones with their parts. */
export function allLines(from: string, to: string): DiffLine[] {
  return diffLines(from, to, Number.POSITIVE_INFINITY).flatMap((hunk) => hunk.lines);
}

/** Hides unchanged lines further than `context` from a change, except in the folds that were opened (by their start). */
export function foldLines(lines: readonly DiffLine[], opened: ReadonlySet<number>, context = 3): UnifiedRow[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, index) => {
    if (line.kind === "context") return;
    near.fill(1, Math.max(0, index - context), index + context + 1);
  });
  const rows: UnifiedRow[] = [];
  for (let index = 0; index < lines.length;) {
    let end = index;
    while (end < lines.length && near[end] === 0) end += 1;
    if (end - index >= shortest && !opened.has(index)) rows.push({ kind: "fold", start: index, count: end - index });
    else rows.push(...lines.slice(index, end));
    const change = lines[end];
    if (change !== undefined) rows.push(change);
    index = end + 1;
  }
  return rows;
}

/** Puts removed lines beside the added ones that follow them. */
export function splitRows(rows: readonly UnifiedRow[]): SplitRow[] {
  const result: SplitRow[] = [];
  for (let index = 0; index < rows.length;) {
    const row = rows[index];
    if (row === undefined) break;
    if (row.kind === "fold") result.push(row);
    if (row.kind === "context") result.push({ kind: "pair", from: row, to: row });
    if (row.kind === "fold" || row.kind === "context") {
      index += 1;
      continue;
    }
    const removed: DiffLine[] = [];
    const added: DiffLine[] = [];
    for (let next = rows[index]; next !== undefined && next.kind === "removed"; next = rows[++index])
      removed.push(next);
    for (let next = rows[index]; next !== undefined && next.kind === "added"; next = rows[++index]) added.push(next);
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1)
      result.push({ kind: "pair", from: removed[at], to: added[at] });
  }
  return result;
}
