import type { DiffObject } from "../model/diff-object.ts";
import { formatRef, resourceKey } from "../model/resource-ref.ts";
import { compareExact, toFieldChange } from "./compare-subset.ts";
import { refOf, type ManifestObject } from "./manifest-object.ts";
import { toYaml } from "./to-yaml.ts";

const changeOrder: Readonly<Record<DiffObject["change"], number>> = { removed: 0, added: 1, changed: 2, unchanged: 3 };

/**
 * Compares two sets of masked objects, such as two revisions: one entry for each object of either, those that differ first.
 * Objects that are named twice count once, the last of them.
 */
export function diffObjects(from: readonly ManifestObject[], to: readonly ManifestObject[]): DiffObject[] {
  const before = byKey(from);
  const after = byKey(to);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return sortDiff([...keys].flatMap((key) => diffPair(before.get(key), after.get(key)) ?? []));
}

/** One object before and after; undefined when there is neither. */
export function diffPair(from: ManifestObject | undefined, to: ManifestObject | undefined): DiffObject | undefined {
  if (from && to) {
    const fields = compareExact(from, to).map(toFieldChange);
    const yaml = { from: toYaml(from), to: toYaml(to) };
    return fields.length > 0
      ? { ref: refOf(to), change: "changed", ...yaml, fields }
      : { ref: refOf(to), change: "unchanged", ...yaml };
  }
  if (from) return { ref: refOf(from), change: "removed", from: toYaml(from) };
  return to ? { ref: refOf(to), change: "added", to: toYaml(to) } : undefined;
}

/** What differs first, then by namespace, kind and name. */
export function sortDiff(objects: readonly DiffObject[]): DiffObject[] {
  const text = ({ ref }: DiffObject): string => `${ref.namespace ?? ""} ${formatRef(ref)}`;
  return objects.toSorted(
    (a, b) => changeOrder[a.change] - changeOrder[b.change] || text(a).localeCompare(text(b), "en"),
  );
}

function byKey(objects: readonly ManifestObject[]): Map<string, ManifestObject> {
  return new Map(objects.map((object) => [resourceKey(refOf(object)), object]));
}
