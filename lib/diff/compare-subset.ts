import type { FieldChange } from "../model/application.ts";
import { comparable, withoutPointers } from "./comparable.ts";
import { compareValues, type FieldDifference } from "./compare.ts";
import { formatPath } from "./field-path.ts";
import type { ManifestObject } from "./manifest-object.ts";

const longestValue = 2_000;

/**
 * Where the live object is not what the desired one asks for; what live has beyond it (defaults, other managers' fields) is no
 * difference. `ignore` holds JSON pointers. Both objects are masked: Secrets differ by their tokens.
 */
export function compareSubset(
  desired: ManifestObject,
  live: ManifestObject,
  ignore: readonly string[] = [],
): FieldDifference[] {
  return compareValues(
    comparable(withoutPointers(desired, ignore)),
    comparable(withoutPointers(live, ignore)),
    "subset",
  );
}

/** Every field in which two objects differ, outside status and bookkeeping; for a dry run's answer against live, and for revisions. */
export function compareExact(
  from: ManifestObject,
  to: ManifestObject,
  ignore: readonly string[] = [],
): FieldDifference[] {
  return compareValues(comparable(withoutPointers(from, ignore)), comparable(withoutPointers(to, ignore)), "exact");
}

/** A difference as the API tells it. */
export function toFieldChange({ path, from, to }: FieldDifference): FieldChange {
  const fromText = valueText(from);
  const toText = valueText(to);
  return {
    path: formatPath(path),
    ...(fromText === undefined ? {} : { from: fromText }),
    ...(toText === undefined ? {} : { to: toText }),
  };
}

function valueText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
