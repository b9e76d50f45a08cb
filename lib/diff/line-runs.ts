import { diffArrays, diffWordsWithSpace } from "diff";

/** A stretch of lines that are the same on both sides, or that one side has instead of the other's. Counted from 0. */
export interface LineRun {
  readonly same: boolean;
  readonly fromStart: number;
  readonly fromCount: number;
  readonly toStart: number;
  readonly toCount: number;
}

/** A stretch of a line; `changed` ones are what the other side has differently. */
export interface LinePart {
  readonly text: string;
  readonly changed: boolean;
}

/** Longer lines are compared as a whole, not word by word. */
const longestLine = 2_000;
/** Where more lines than this differ in a stretch it is shown as replaced whole: the time grows with the square of them. */
const mostEdits = 1_000;

/** The lines of a text; a last line end begins no line. */
export function linesOf(text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * Compares two texts line by line. What is the same at the beginning and at the end is found first, so that a small change in a
 * long text costs little.
 */
export function lineRuns(from: string, to: string): LineRun[] {
  const [a, b] = [linesOf(from), linesOf(to)];
  const runs: LineRun[] = [];
  const add: Add = (same, fromCount, toCount) => {
    if (fromCount === 0 && toCount === 0) return;
    const last = runs.at(-1);
    if (last && last.same === same) {
      runs[runs.length - 1] = { ...last, fromCount: last.fromCount + fromCount, toCount: last.toCount + toCount };
      return;
    }
    const fromStart = last ? last.fromStart + last.fromCount : 0;
    const toStart = last ? last.toStart + last.toCount : 0;
    runs.push({ same, fromStart, fromCount, toStart, toCount });
  };
  compare(a, b, add);
  return runs;
}

type Add = (same: boolean, fromCount: number, toCount: number) => void;

function compare(a: readonly string[], b: readonly string[], add: Add): void {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  add(true, head, head);
  between(a.slice(head, a.length - tail), b.slice(head, b.length - tail), add);
  add(true, tail, tail);
}

/** Two stretches that begin and end differently. */
function between(a: readonly string[], b: readonly string[], add: Add): void {
  if (a.length === 0 || b.length === 0) {
    add(false, a.length, b.length);
    return;
  }
  const short = a.length + b.length <= 2 * mostEdits;
  const anchors = short ? [] : anchorsOf(a, b);
  if (anchors.length > 0) {
    let [from, to] = [0, 0];
    for (const [nextFrom, nextTo] of anchors) {
      compare(a.slice(from, nextFrom), b.slice(to, nextTo), add);
      add(true, 1, 1);
      [from, to] = [nextFrom + 1, nextTo + 1];
    }
    compare(a.slice(from), b.slice(to), add);
    return;
  }
  const changes = diffArrays([...a], [...b], { maxEditLength: mostEdits });
  if (changes === undefined) add(false, a.length, b.length);
  else for (const { added, removed, count } of changes) add(!added && !removed, added ? 0 : count, removed ? 0 : count);
}

/**
 * Lines that stand once on each side, in an order that both have: certain to belong together, they cut a long comparison into short ones
 * (Bram Cohen's patience diff).
 */
function anchorsOf(a: readonly string[], b: readonly string[]): [from: number, to: number][] {
  const inB = places(b);
  const pairs: [from: number, to: number][] = [];
  for (const [line, from] of places(a)) {
    const to = inB.get(line);
    if (from >= 0 && to !== undefined && to >= 0) pairs.push([from, to]);
  }
  // The longest chain that grows on both sides; `a` is in order already.
  const ends: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, to], index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < to) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const chain: [number, number][] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) chain.push(pair);
  }
  return chain.reverse();
}

/** Where each line stands, in order; -1 where it stands more than once. */
function places(lines: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  lines.forEach((line, index) => found.set(line, found.has(line) ? -1 : index));
  return found;
}

/** How many lines were added and removed. */
export function countRuns(runs: readonly LineRun[]): { added: number; removed: number } {
  let [added, removed] = [0, 0];
  for (const run of runs) {
    if (run.same) continue;
    added += run.toCount;
    removed += run.fromCount;
  }
  return { added, removed };
}

/** A line and what became of it, word by word; undefined where the whole line is better marked. */
export function lineParts(from: string, to: string): { from: LinePart[]; to: LinePart[] } | undefined {
  if (from.length + to.length > longestLine) return undefined;
  const words = diffWordsWithSpace(from, to);
  return {
    from: words.flatMap(({ value, added, removed }) => (added ? [] : [{ text: value, changed: removed }])),
    to: words.flatMap(({ value, added, removed }) => (removed ? [] : [{ text: value, changed: added }])),
  };
}

/** Runs as numbers, so that they cross from a worker without being copied one by one. */
export function packRuns(runs: readonly LineRun[]): Int32Array<ArrayBuffer> {
  const packed = new Int32Array(runs.length * 3);
  runs.forEach(({ same, fromCount, toCount }, index) => packed.set([Number(same), fromCount, toCount], index * 3));
  return packed;
}

/** Reads {@link packRuns} back. */
export function unpackRuns(packed: Int32Array): LineRun[] {
  const runs: LineRun[] = [];
  let [fromStart, toStart] = [0, 0];
  for (let at = 0; at + 2 < packed.length; at += 3) {
    const [same = 0, fromCount = 0, toCount = 0] = packed.subarray(at, at + 3);
    runs.push({ same: same === 1, fromStart, fromCount, toStart, toCount });
    fromStart += fromCount;
    toStart += toCount;
  }
  return runs;
}
