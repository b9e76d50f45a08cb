import { diffWordsWithSpace, structuredPatch } from "diff";

/** A stretch of a line; `changed` ones are what the other side has differently. */
export interface LinePart {
  readonly text: string;
  readonly changed: boolean;
}

/** One line of a comparison, numbered from 1 on the sides on which it stands. */
export interface DiffLine {
  readonly kind: "context" | "added" | "removed";
  readonly text: string;
  readonly fromLine?: number;
  readonly toLine?: number;
  /** For a line that was changed (and not only added or removed): its parts, in order. */
  readonly parts?: readonly LinePart[];
}

/** Lines that belong together, with some context; between two hunks nothing changed. */
export interface DiffHunk {
  readonly fromStart: number;
  readonly toStart: number;
  readonly lines: readonly DiffLine[];
}

/** Longer lines are compared as a whole, not word by word. */
const longestLine = 2_000;
/** Texts that differ more than this are shown as replaced whole: the comparison would take seconds. */
const mostEdits = 20_000;

/** Compares two texts line by line, and changed lines word by word. An empty list: they are equal. `context` Infinity keeps all lines. */
export function diffLines(from: string, to: string, context = 3): DiffHunk[] {
  if (from === to && Number.isFinite(context)) return [];
  const patch = structuredPatch("", "", from, to, "", "", {
    context: Number.isFinite(context) ? context : from.length + to.length,
    maxEditLength: mostEdits,
  });
  if (!patch) return [{ fromStart: 1, toStart: 1, lines: [...whole("removed", from), ...whole("added", to)] }];
  if (patch.hunks.length === 0 && from !== "") return [{ fromStart: 1, toStart: 1, lines: unchanged(from) }];
  return patch.hunks.map((hunk) => ({
    fromStart: hunk.oldStart,
    toStart: hunk.newStart,
    lines: numbered(hunk.lines, hunk.oldStart, hunk.newStart),
  }));
}

/** How many lines were added and removed. */
export function countLines(hunks: readonly DiffHunk[]): { added: number; removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter(({ kind }) => kind === "added").length,
    removed: lines.filter(({ kind }) => kind === "removed").length,
  };
}

function splitLines(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function whole(kind: "added" | "removed", text: string): DiffLine[] {
  return splitLines(text).map((line, index) => ({
    kind,
    text: line,
    ...(kind === "added" ? { toLine: index + 1 } : { fromLine: index + 1 }),
  }));
}

function unchanged(text: string): DiffLine[] {
  return splitLines(text).map((line, index) => ({
    kind: "context",
    text: line,
    fromLine: index + 1,
    toLine: index + 1,
  }));
}

function numbered(lines: readonly string[], fromStart: number, toStart: number): DiffLine[] {
  const result: DiffLine[] = [];
  let fromLine = fromStart;
  let toLine = toStart;
  for (const line of lines) {
    const text = line.slice(1);
    if (line.startsWith("-")) result.push({ kind: "removed", text, fromLine: fromLine++ });
    else if (line.startsWith("+")) result.push({ kind: "added", text, toLine: toLine++ });
    else if (line.startsWith(" ")) result.push({ kind: "context", text, fromLine: fromLine++, toLine: toLine++ });
  }
  return withParts(result);
}

/** Pairs the removed lines of a block with as many added ones that follow it. */
function withParts(lines: readonly DiffLine[]): DiffLine[] {
  const result = [...lines];
  for (let start = 0; start < lines.length; start++) {
    if (lines[start]?.kind !== "removed") continue;
    const removed = run(lines, start, "removed");
    const added = run(lines, start + removed, "added");
    if (removed === added)
      for (let offset = 0; offset < removed; offset++) pair(result, start + offset, start + removed + offset);
    start += removed + added - 1;
  }
  return result;
}

function run(lines: readonly DiffLine[], start: number, kind: DiffLine["kind"]): number {
  let length = 0;
  while (lines[start + length]?.kind === kind) length++;
  return length;
}

function pair(lines: DiffLine[], removedAt: number, addedAt: number): void {
  const removed = lines[removedAt];
  const added = lines[addedAt];
  if (!removed || !added || removed.text.length + added.text.length > longestLine) return;
  const words = diffWordsWithSpace(removed.text, added.text);
  lines[removedAt] = {
    ...removed,
    parts: words.filter((word) => !word.added).map((word) => ({ text: word.value, changed: word.removed })),
  };
  lines[addedAt] = {
    ...added,
    parts: words.filter((word) => !word.removed).map((word) => ({ text: word.value, changed: word.added })),
  };
}
