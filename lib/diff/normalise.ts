import { lastField, type FieldPath } from "./field-path.ts";
import { isRecord } from "./json.ts";
import { parseQuantity } from "./quantity.ts";

/** Maps whose values are quantities, wherever they stand in a built-in kind. */
const quantityMaps = new Set([
  "requests",
  "limits",
  "hard",
  "capacity",
  "allocatable",
  "min",
  "max",
  "default",
  "defaultRequest",
  "podFixed",
]);
const quantityFields = new Set(["sizeLimit", "divisor", "averageValue"]);
/** Maps of free strings, where "" and "1000m" mean what they say. */
const literalMaps = new Set([
  "data",
  "stringData",
  "binaryData",
  "labels",
  "annotations",
  "matchLabels",
  "nodeSelector",
]);

/** Whether a path leads into a map of free strings (ConfigMap data, labels, annotations), where nothing is normalised. */
export function isLiteral(path: FieldPath): boolean {
  return path.some((step, index) => "field" in step && literalMaps.has(step.field) && index < path.length - 1);
}

function isQuantity(path: FieldPath): boolean {
  const last = lastField(path);
  if (last !== undefined && quantityFields.has(last)) return true;
  const parent = lastField(path.slice(0, -1));
  return parent !== undefined && quantityMaps.has(parent);
}

/**
 * Whether two scalars mean the same at this place: equal; equal quantities where quantities stand ("1000m" and "1"); or a number and
 * its spelling (a manifest's `cpu: 1`, which the API server keeps as "1"). Durations are compared as they are written, because the API server
 * keeps their spelling.
 */
export function sameScalar(a: unknown, b: unknown, path: FieldPath): boolean {
  if (a === b) return true;
  if (isLiteral(path)) return false;
  if (isQuantity(path)) {
    const left = parseQuantity(a);
    if (left !== undefined && left === parseQuantity(b)) return true;
  }
  return (
    (typeof a === "number" && typeof b === "string" && String(a) === b) ||
    (typeof b === "number" && typeof a === "string" && String(b) === a)
  );
}

/** Whether a value is one that the API server drops when it stores an object (`omitempty`): then absent means the same. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isEmpty);
}
