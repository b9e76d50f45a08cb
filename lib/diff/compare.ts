import type { FieldPath, PathStep } from "./field-path.ts";
import { isRecord, type JsonRecord } from "./json.ts";
import { isSet, itemKeys, keyText } from "./list-keys.ts";
import { isEmpty, isLiteral, sameScalar } from "./normalise.ts";

/** A field that differs; `from` or `to` is undefined where it is absent. */
export interface FieldDifference {
  readonly path: FieldPath;
  readonly from: unknown;
  readonly to: unknown;
}

/** `subset`: what `to` has beyond `from` is no difference (defaults, other managers). `exact`: it is. */
export type CompareMode = "subset" | "exact";

/** All fields that differ between two JSON values, in the order of `from`. Pure; see {@link CompareMode}. */
export function compareValues(from: unknown, to: unknown, mode: CompareMode, path: FieldPath = []): FieldDifference[] {
  const differences: FieldDifference[] = [];
  compare(from, to, mode, path, differences);
  return differences;
}

function compare(from: unknown, to: unknown, mode: CompareMode, path: FieldPath, out: FieldDifference[]): void {
  if (from === undefined && (mode === "subset" || to === undefined)) return;
  if (isRecord(from) && isRecord(to)) compareRecords(from, to, mode, path, out);
  else if (Array.isArray(from) && Array.isArray(to)) compareLists(from, to, mode, path, out);
  else if (!sameScalar(from, to, path) && !bothAbsent(from, to, path)) out.push({ path, from, to });
}

/** In manifests `false`, `0`, `""` and empty lists may be written where the API server keeps nothing. */
function bothAbsent(from: unknown, to: unknown, path: FieldPath): boolean {
  if (to !== undefined && to !== null && from !== undefined && from !== null) return false;
  return isLiteral(path) ? (from ?? undefined) === (to ?? undefined) : isEmpty(from) && isEmpty(to);
}

function compareRecords(
  from: JsonRecord,
  to: JsonRecord,
  mode: CompareMode,
  path: FieldPath,
  out: FieldDifference[],
): void {
  for (const field of Object.keys(from)) compare(from[field], own(to, field), mode, [...path, { field }], out);
  if (mode === "subset") return;
  for (const field of Object.keys(to)) {
    if (!Object.hasOwn(from, field)) compare(undefined, to[field], mode, [...path, { field }], out);
  }
}

function own(record: JsonRecord, field: string): unknown {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

function compareLists(
  from: readonly unknown[],
  to: readonly unknown[],
  mode: CompareMode,
  path: FieldPath,
  out: FieldDifference[],
): void {
  if (isSet(path)) return compareSets(from, to, mode, path, out);
  const fromKeys = itemKeys(from, path);
  const toKeys = itemKeys(to, path);
  if (fromKeys && toKeys && (from.length === 0 || to.length === 0 || sameKeyFields(fromKeys, toKeys))) {
    return compareKeyed(from, fromKeys, to, toKeys, mode, path, out);
  }
  // A list without keys is one value to its owner: an item more or less is a difference in either mode.
  const length = Math.max(from.length, to.length);
  for (let index = 0; index < length; index++) {
    const step: PathStep = { index };
    if (index >= from.length) out.push({ path: [...path, step], from: undefined, to: to[index] });
    else if (index >= to.length) out.push({ path: [...path, step], from: from[index], to: undefined });
    else compare(from[index], to[index], mode, [...path, step], out);
  }
}

function sameKeyFields(a: readonly JsonRecord[], b: readonly JsonRecord[]): boolean {
  return Object.keys(a[0] ?? {}).join() === Object.keys(b[0] ?? {}).join();
}

function compareKeyed(
  from: readonly unknown[],
  fromKeys: readonly JsonRecord[],
  to: readonly unknown[],
  toKeys: readonly JsonRecord[],
  mode: CompareMode,
  path: FieldPath,
  out: FieldDifference[],
): void {
  const live = new Map(toKeys.map((keys, index) => [keyText(keys), to[index]]));
  const wanted = new Set<string>();
  for (const [index, keys] of fromKeys.entries()) {
    const text = keyText(keys);
    wanted.add(text);
    if (live.has(text)) compare(from[index], live.get(text), mode, [...path, { keys }], out);
    else out.push({ path: [...path, { keys }], from: from[index], to: undefined });
  }
  if (mode === "subset") return;
  for (const [index, keys] of toKeys.entries()) {
    if (!wanted.has(keyText(keys))) out.push({ path: [...path, { keys }], from: undefined, to: to[index] });
  }
}

function compareSets(
  from: readonly unknown[],
  to: readonly unknown[],
  mode: CompareMode,
  path: FieldPath,
  out: FieldDifference[],
): void {
  for (const [index, value] of from.entries()) {
    if (!to.includes(value)) out.push({ path: [...path, { index }], from: value, to: undefined });
  }
  if (mode === "subset") return;
  for (const [index, value] of to.entries()) {
    if (!from.includes(value)) out.push({ path: [...path, { index }], from: undefined, to: value });
  }
}
