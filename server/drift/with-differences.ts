import type { FieldDifference } from "#lib/diff/compare.ts";
import type { FieldPath, PathStep } from "#lib/diff/field-path.ts";
import { isRecord } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** The live object with the `from` side of each difference put in: what it would be without drift, for showing both side by side. */
export function withDifferences(live: KubeObject, differences: readonly FieldDifference[]): KubeObject {
  const copy: unknown = structuredClone(live);
  // From the end, so that positions in lists stay true while items go.
  for (const { path, from } of differences.toReversed()) put(copy, path, from);
  return copy as KubeObject;
}

function put(root: unknown, path: FieldPath, value: unknown): void {
  let parent: unknown = root;
  for (const step of path.slice(0, -1)) {
    let next = child(parent, step);
    if (next === undefined && "field" in step && isMutable(parent)) {
      next = {};
      parent[step.field] = next;
    }
    parent = next;
  }
  const last = path.at(-1);
  if (last === undefined) return;
  if (Array.isArray(parent)) putItem(parent, last, value);
  else if (isMutable(parent) && "field" in last) {
    if (value === undefined) Reflect.deleteProperty(parent, last.field);
    else parent[last.field] = value;
  }
}

function putItem(list: unknown[], step: PathStep, value: unknown): void {
  const index = "index" in step ? step.index : indexOf(list, step);
  if (value === undefined) {
    if (index >= 0 && index < list.length) list.splice(index, 1);
  } else if (index >= 0 && index < list.length && "index" in step) list[index] = value;
  else list.push(value);
}

function child(parent: unknown, step: PathStep): unknown {
  if ("field" in step) return isRecord(parent) ? parent[step.field] : undefined;
  if (!Array.isArray(parent)) return undefined;
  return parent["index" in step ? step.index : indexOf(parent, step)];
}

function indexOf(list: readonly unknown[], step: PathStep): number {
  if (!("keys" in step)) return -1;
  return list.findIndex(
    (item) =>
      isRecord(item) &&
      Object.entries(step.keys).every(([key, value]) => item[key] === undefined || item[key] === value),
  );
}

function isMutable(value: unknown): value is Record<string, unknown> {
  return isRecord(value);
}
