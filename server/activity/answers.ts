import type { ActivityList, Overview } from "#lib/api/activity-contract.ts";
import { activityPage, matchesActivity, type ActivityFilter } from "#lib/model/activity.ts";
import type { ViewActivity } from "./activity.ts";
import { trendOf } from "./trend.ts";

const hour = 3_600_000;
/* More than that is read on the page of all activity. */
const mostRecent = 50;

/** One page of what was asked for. */
export function activityAnswer(
  { entries, since, notes }: ViewActivity,
  { filter, before, limit }: { filter: ActivityFilter; before?: string; limit: number },
): ActivityList {
  const fitting = entries.filter((entry) => matchesActivity(entry, filter));
  return {
    ...activityPage(fitting, before, limit),
    total: fitting.length,
    people: [...new Set(entries.flatMap(({ by }) => by ?? []))].sort(),
    since,
    notes: [...notes],
  };
}

/** The last hour and the trend. @param now milliseconds since 1970 */
export function overviewAnswer({ entries, since, notes }: ViewActivity, now: number): Overview {
  // Clocks of clusters differ: what is a little ahead has just happened.
  const recent = entries.filter(({ time }) => Date.parse(time) > now - hour);
  return {
    recent: recent.slice(0, mostRecent),
    recentTotal: recent.length,
    hours: trendOf(entries, { step: "hour", count: 24, now }),
    days: trendOf(entries, { step: "day", count: 14, now }),
    since,
    notes: [...notes],
  };
}
