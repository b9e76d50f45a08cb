import type { LineRun } from "./line-runs.ts";

/** Unchanged lines that are not shown; `run` names them when they are to be opened. */
export interface FoldRow {
  readonly kind: "fold";
  readonly run: number;
  readonly count: number;
}

/** A row of one column: a line of one side or of both, by its place from 0. `other` is the line that it became, or was. */
export interface LineRow {
  readonly kind: "context" | "added" | "removed";
  readonly from?: number;
  readonly to?: number;
  readonly other?: number;
}

/** A row of two columns; a side is absent where the other has more lines. */
export interface PairRow {
  readonly kind: "pair";
  readonly from?: number;
  readonly to?: number;
  readonly changed: boolean;
}

/** What stands in a row of a comparison. */
export type DiffRow = FoldRow | LineRow | PairRow;

/** How a comparison is laid out. */
export type DiffLayout = "unified" | "split";

interface Segment {
  /** Its first row. */
  readonly at: number;
  readonly rows: number;
  readonly run: LineRun;
  /** What of a run that is the same: how many lines are left out before, or that these are the ones that are folded. */
  readonly skip: number;
  readonly fold?: number;
}

/** Stretches shorter than this are shown: hiding them would gain nothing. */
const shortest = 4;

/**
 * The rows of a comparison, none of which exists before it is looked at: a comparison of a hundred thousand lines costs as much as it has
 * changes. Unchanged lines further than `context` from a change are folded, unless their run was opened.
 */
export class DiffRows {
  readonly count: number;
  readonly #segments: Segment[] = [];
  readonly #layout: DiffLayout;

  constructor(runs: readonly LineRun[], layout: DiffLayout, opened: ReadonlySet<number>, context = 3) {
    this.#layout = layout;
    let at = 0;
    const put = (run: LineRun, rows: number, skip: number, fold?: number) => {
      if (rows === 0) return;
      this.#segments.push({ at, rows, run, skip, ...(fold !== undefined && { fold }) });
      at += rows;
    };
    runs.forEach((run, index) => {
      if (!run.same) {
        put(run, layout === "split" ? Math.max(run.fromCount, run.toCount) : run.fromCount + run.toCount, 0);
        return;
      }
      const before = index === 0 ? 0 : context;
      const after = index === runs.length - 1 ? 0 : context;
      const hidden = run.fromCount - before - after;
      // Where nothing differs at all there is nothing to fold it around.
      if (opened.has(index) || hidden < shortest || runs.length === 1) {
        put(run, run.fromCount, 0);
        return;
      }
      put(run, before, 0);
      put({ ...run, fromCount: hidden }, 1, before, index);
      put(run, after, before + hidden);
    });
    this.count = at;
  }

  /** The row at a place from 0; undefined beyond the end. */
  at(index: number): DiffRow | undefined {
    const segment = this.#find(index);
    if (!segment) return undefined;
    const { run, skip, fold } = segment;
    if (fold !== undefined) return { kind: "fold", run: fold, count: run.fromCount };
    const offset = index - segment.at + skip;
    const { fromStart, fromCount, toStart, toCount } = run;
    if (run.same) {
      const [from, to] = [fromStart + offset, toStart + offset];
      return this.#layout === "split" ? { kind: "pair", from, to, changed: false } : { kind: "context", from, to };
    }
    if (this.#layout === "split")
      return {
        kind: "pair",
        changed: true,
        ...(offset < fromCount && { from: fromStart + offset }),
        ...(offset < toCount && { to: toStart + offset }),
      };
    // Lines that were replaced by as many are compared with one another.
    const paired = fromCount === toCount;
    if (offset < fromCount)
      return { kind: "removed", from: fromStart + offset, ...(paired && { other: toStart + offset }) };
    const to = offset - fromCount;
    return { kind: "added", to: toStart + to, ...(paired && { other: fromStart + to }) };
  }

  #find(index: number): Segment | undefined {
    let [low, high] = [0, this.#segments.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const segment = this.#segments[middle];
      if (!segment) return undefined;
      if (index < segment.at) high = middle - 1;
      else if (index >= segment.at + segment.rows) low = middle + 1;
      else return segment;
    }
    return undefined;
  }
}
