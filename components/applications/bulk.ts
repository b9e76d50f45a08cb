import type { Action, ActionResult } from "#lib/model/action.ts";
import type { Application } from "#lib/model/application.ts";

/** What can be done with several applications at once. */
export const bulkActions = ["sync", "refresh", "suspend", "resume"] as const satisfies readonly Action[];

/** What can be done with several applications at once. */
export type BulkAction = (typeof bulkActions)[number];

/** How far one application of many has come. */
export type Progress =
  | { step: "waiting" }
  | { step: "looking" }
  /** What would change. */
  | { step: "ready"; result: ActionResult }
  /** It can't be done with this one, and why. */
  | { step: "refused"; why: string }
  | { step: "asking" }
  | { step: "requested"; message: string }
  | { step: "failed"; why: string };

/** One application of many. */
export type BulkLine = { application: Application; progress: Progress };

/** Does something with each of many, `limit` at a time, in their order. Stops taking new ones once `signal` is aborted; `work` may not throw. */
export async function runLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !signal.aborted; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}

/** What a preview says of the objects: how many of each, unchanged ones left out. Undefined where it names none. */
export function countsOf({ changes }: ActionResult): { added: number; changed: number; removed: number } | undefined {
  if (changes === undefined) return undefined;
  const of = (change: string) => changes.filter((each) => each.change === change).length;
  return { added: of("added"), changed: of("changed"), removed: of("removed") };
}

/** The same in words: "2 changed, 1 deleted". */
export function countWords(result: ActionResult): string {
  const counts = countsOf(result);
  if (counts === undefined) return result.message;
  const parts = [
    [counts.added, "created"],
    [counts.changed, "changed"],
    [counts.removed, "deleted"],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  return parts.length === 0 ? "Nothing changes" : parts.join(", ");
}

/** Where a whole bulk stands. */
export type BulkTally = { ready: BulkLine[]; refused: number; looking: number; removed: number; changes: number };

/** Adds the lines up. */
export function tally(lines: readonly BulkLine[]): BulkTally {
  const ready = lines.filter(({ progress }) => progress.step === "ready");
  let removed = 0;
  let changes = 0;
  for (const { progress } of ready) {
    const counts = progress.step === "ready" ? countsOf(progress.result) : undefined;
    removed += counts?.removed ?? 0;
    changes += counts ? counts.added + counts.changed + counts.removed : 0;
  }
  return {
    ready,
    removed,
    changes,
    refused: lines.filter(({ progress }) => progress.step === "refused").length,
    looking: lines.filter(({ progress }) => progress.step === "waiting" || progress.step === "looking").length,
  };
}

/** What the confirming button says: what it does, with how many, and how much changes. */
export function bulkLabel(label: string, { ready, changes, removed }: BulkTally): string {
  return [
    `${label} ${ready.length} ${ready.length === 1 ? "application" : "applications"}`,
    ...(changes > 0 ? [`${changes} ${changes === 1 ? "change" : "changes"}`] : []),
    ...(removed > 0 ? [`${removed} deleted`] : []),
  ].join(" · ");
}
