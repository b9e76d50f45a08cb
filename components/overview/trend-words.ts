import type { Trend } from "#lib/api/activity-contract.ts";

/** The name of an hour or a day of the trend. Hours are the person's own; days are those of UTC, as they are counted. */
export function bucketWords(from: string, step: Trend["step"]): string {
  const date = new Date(from);
  return step === "hour"
    ? date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
    : date.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}
