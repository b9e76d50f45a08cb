import type { FieldPath, PathStep } from "./field-path.ts";
import { isRecord, type JsonRecord } from "./json.ts";

/** One entry of `metadata.managedFields`. */
export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly time?: string;
  readonly subresource?: string;
  readonly fieldsV1?: unknown;
}

/** Who set a field, how, and when; a change through the scale subresource may have no time. */
export interface FieldOwner {
  readonly manager: string;
  readonly operation?: string;
  readonly time?: string;
}

/**
 * The manager that set a field last. Where several share it, one that is not `engineManager` wins (it is the one that changed what
 * the engine wants), then the newest. Undefined when no entry names the field, as with a field that is gone.
 * Source of the format: structured-merge-diff `fieldpath/serialize.go`.
 */
export function fieldOwner(
  managedFields: readonly ManagedFields[],
  path: FieldPath,
  engineManager?: string,
): FieldOwner | undefined {
  const owners = managedFields.filter((entry) => entry.subresource !== "status" && owns(entry.fieldsV1, path));
  owners.sort(
    (a, b) =>
      Number(a.manager === engineManager) - Number(b.manager === engineManager) ||
      (b.time ?? "").localeCompare(a.time ?? ""),
  );
  const owner = owners[0];
  if (owner?.manager === undefined) return undefined;
  return {
    manager: owner.manager,
    ...(owner.operation === undefined ? {} : { operation: owner.operation }),
    ...(owner.time === undefined ? {} : { time: owner.time }),
  };
}

function owns(fields: unknown, path: FieldPath): boolean {
  let node = fields;
  for (const [depth, step] of path.entries()) {
    if (!isRecord(node)) return false;
    // A leaf above the field owns everything below it: the list or map is atomic.
    if (depth > 0 && Object.keys(node).length === 0) return true;
    node = child(node, step);
  }
  return isRecord(node);
}

function child(node: JsonRecord, step: PathStep): unknown {
  if ("field" in step) return node[`f:${step.field}`];
  if ("index" in step) return node[`i:${step.index}`];
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith("k:") && matches(name.slice(2), step.keys)) return value;
  }
  return undefined;
}

function matches(json: string, keys: JsonRecord): boolean {
  try {
    const parsed: unknown = JSON.parse(json);
    return isRecord(parsed) && Object.entries(keys).every(([name, value]) => String(parsed[name]) === String(value));
  } catch {
    return false;
  }
}
