import type { Change, DiffObject } from "#lib/model/diff-object.ts";

/** "a, b and c"; beyond `most` the rest is counted. */
export function sentenceList(items: readonly string[], most = 5): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : [...items];
  const last = shown.pop();
  return last === undefined ? "nothing" : shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

/** A reason as a sentence of its own. */
export function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}

const verbs: readonly (readonly [Change, string])[] = [
  ["changed", "change"],
  ["added", "create"],
  ["removed", "delete"],
];

/** "change 2 objects and delete 1 object". */
export function countChanges(changes: readonly DiffObject[]): string {
  const parts = verbs.flatMap(([change, verb]) => {
    const count = changes.filter((object) => object.change === change).length;
    return count === 0 ? [] : [`${verb} ${count} ${count === 1 ? "object" : "objects"}`];
  });
  return sentenceList(parts);
}
