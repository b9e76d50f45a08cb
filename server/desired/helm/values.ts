import { isRecord } from "#lib/diff/json.ts";

/**
 * The values that a release was rendered with: the user's over the chart's, where null removes a default.
 * What `helm get values --all` shows. Source: helm `pkg/chart/common/util/coalesce.go`.
 */
export function coalesceValues(
  user: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(defaults)) {
    if (!Object.hasOwn(user, key)) result[key] = value;
  }
  for (const [key, value] of Object.entries(user)) {
    const fallback = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    if (value === null && fallback !== undefined) continue;
    result[key] = isRecord(value) && isRecord(fallback) ? coalesceValues(value, fallback) : value;
  }
  return result;
}
