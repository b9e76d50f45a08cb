import { getIn, isRecord, type JsonRecord } from "./json.ts";
import type { ManifestObject } from "./manifest-object.ts";

/** Annotations that describe an apply and not the object. */
const bookkeeping = new Set(["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"]);

/**
 * The part of an object in which drift is looked for: everything but `status` and `metadata`, of which labels and annotations stay.
 * Source: fluxcd/pkg `ssa/manager_diff.go` (hasDrifted). `stringData` of Secrets, which the API server never keeps, joins `data`.
 */
export function comparable(object: ManifestObject): JsonRecord {
  const { status: _status, metadata, apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  const labels = metadata.labels;
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([name]) => !bookkeeping.has(name)),
  );
  const result: Record<string, unknown> = {
    ...rest,
    metadata: { ...(labels ? { labels } : {}), ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
  };
  if (object.kind === "Secret" && isRecord(rest["stringData"])) {
    delete result["stringData"];
    result["data"] = { ...(isRecord(rest["data"]) ? rest["data"] : {}), ...rest["stringData"] };
  }
  return result;
}

/** The live object cut down to the fields that the desired one has, so that both can be read side by side. Lists stay whole. */
export function projectOnto(desired: unknown, live: unknown): unknown {
  if (!isRecord(desired) || !isRecord(live)) return live;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(live)) {
    if (Object.hasOwn(desired, key)) result[key] = projectOnto(desired[key], live[key]);
  }
  return result;
}

/** Removes what JSON pointers (RFC 6901) point at, in a copy. Pointers that lead nowhere are passed over. */
export function withoutPointers<T extends JsonRecord>(object: T, pointers: readonly string[]): T {
  if (pointers.length === 0) return object;
  const copy = structuredClone(object);
  for (const pointer of pointers) removePointer(copy, pointer);
  return copy;
}

function removePointer(root: JsonRecord, pointer: string): void {
  const tokens = pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = tokens.pop();
  if (last === undefined) return;
  let parent: unknown = root;
  for (const token of tokens) parent = Array.isArray(parent) ? parent[Number(token)] : getIn(parent, token);
  if (Array.isArray(parent)) {
    const index = Number(last);
    if (Number.isInteger(index) && index >= 0 && index < parent.length) parent.splice(index, 1);
  } else if (isRecord(parent)) {
    Reflect.deleteProperty(parent, last);
  }
}
