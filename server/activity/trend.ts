import type { ActivityEntry } from "#lib/model/activity.ts";
import type { Trend } from "#lib/api/activity-contract.ts";

const hour = 3_600_000;
const steps = { hour, day: 24 * hour } as const;

/**
 * Deployments and failures in each of the last `count` hours or days, oldest first, the current one last. Days are those of UTC.
 * A deployment that failed is a failure; a warning counts once, at its last occurrence.
 * @param now milliseconds since 1970
 */
export function trendOf(
  entries: Iterable<ActivityEntry>,
  { step, count, now }: { step: keyof typeof steps; count: number; now: number },
): Trend {
  const width = steps[step];
  const first = Math.floor(now / width) * width - (count - 1) * width;
  const buckets = Array.from({ length: count }, (_, index) => ({
    from: new Date(first + index * width).toISOString(),
    deployments: 0,
    failures: 0,
  }));
  for (const { time, kind, result } of entries) {
    const bucket = buckets[Math.floor((Date.parse(time) - first) / width)];
    if (bucket === undefined) continue;
    if (result === "failed" && kind !== "action") bucket.failures += 1;
    else if (kind === "deployment" && result === "succeeded") bucket.deployments += 1;
  }
  return { step, buckets };
}
