import { formatRef } from "#lib/model/resource-ref.ts";
import type { DriftVerdict, ObjectVerdict } from "./verdict.ts";

/**
 * Sums up a unit's objects.
 *
 * @param objects those of which there is something to say
 * @param equal keys of those that are as desired
 * @param unknown notes on objects that could not be compared
 * @param checkedAt RFC 3339
 */
export function sumUp(
  objects: ReadonlyMap<string, ObjectVerdict>,
  equal: readonly string[],
  unknown: readonly string[],
  checkedAt: string,
): DriftVerdict {
  const drifted = [...objects.values()].filter(({ change }) => change !== "unchanged");
  const judged = [...objects.values()].filter(({ note }) => note === undefined || !note.startsWith("skipped: "));
  const message = messageOf(objects, unknown);
  const common = { count: drifted.length, checkedAt, objects, equal, ...(message === undefined ? {} : { message }) };
  if (drifted.length > 0) {
    const first = drifted.find(({ fields }) => fields.length > 0);
    const field = first?.fields[0];
    const exactness = drifted.every((verdict) => verdict.exactness === "dry-run") ? "dry-run" : "local";
    return {
      ...common,
      status: "Drifted",
      exactness,
      ...(first && field ? { top: { ...field, ref: first.ref } } : {}),
    };
  }
  if (unknown.length > 0 && judged.length + equal.length === 0) return { ...common, status: "Unknown" };
  const asked =
    judged.some((verdict) => verdict.exactness === "dry-run") && judged.every((verdict) => verdict.note === undefined);
  return { ...common, status: "None", exactness: asked ? "dry-run" : "local" };
}

const nothing: DriftVerdict["objects"] = new Map();

/** A verdict without objects: desired state could not be had. */
export function unknownVerdict(message: string, checkedAt: string): DriftVerdict {
  return { status: "Unknown", count: 0, checkedAt, message, objects: nothing, equal: [] };
}

/** Equal for verdicts on the same desired objects that show the same, whenever they were found. */
export function verdictSignature(verdict: DriftVerdict): string {
  const { checkedAt: _checkedAt, objects, equal, ...rest } = verdict;
  // Which ones are equal follows from the others.
  return JSON.stringify([rest, equal.length, [...objects]]);
}

function messageOf(objects: ReadonlyMap<string, ObjectVerdict>, unknown: readonly string[]): string | undefined {
  const limited = [...objects.values()].find(({ note, change }) => change !== "unchanged" && note !== undefined);
  const parts: string[] = [];
  if (unknown.length > 0)
    parts.push(
      `${unknown.length === 1 ? "1 object" : `${unknown.length} objects`} could not be compared: ${unknown[0]}`,
    );
  if (limited) parts.push(`${formatRef(limited.ref)}: ${limited.note}`);
  return parts.length > 0 ? parts.join("; ") : undefined;
}
