import type { DiffObject } from "#lib/model/diff-object.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";

/** One ignore rule, and the objects that it concerns. */
export interface IgnoreRule {
  readonly kind: "path" | "manager" | "whole";
  /** A JSON pointer, a field manager, or why nothing of the objects is judged. */
  readonly text: string;
  readonly refs: readonly ResourceRef[];
}

/** The ignore rules of a comparison's objects, each once: what leaves out whole objects first, then managers, then fields. */
export function ignoreRulesOf(objects: readonly DiffObject[]): IgnoreRule[] {
  const rules = new Map<string, IgnoreRule & { refs: ResourceRef[] }>();
  const add = (kind: IgnoreRule["kind"], text: string, ref: ResourceRef): void => {
    const key = `${kind} ${text}`;
    const rule = rules.get(key) ?? { kind, text, refs: [] };
    rule.refs.push(ref);
    rules.set(key, rule);
  };
  for (const { ref, ignored } of objects) {
    if (ignored?.whole !== undefined) add("whole", ignored.whole, ref);
    for (const manager of ignored?.managers ?? []) add("manager", manager, ref);
    for (const path of ignored?.paths ?? []) add("path", path, ref);
  }
  const order: Record<IgnoreRule["kind"], number> = { whole: 0, manager: 1, path: 2 };
  return [...rules.values()].toSorted((a, b) => order[a.kind] - order[b.kind] || a.text.localeCompare(b.text, "en"));
}
