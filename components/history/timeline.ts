import type { ActivityEntry } from "#lib/model/activity.ts";
import type { Revision } from "#lib/model/revision.ts";

/** What stands in an application's history: a deployment, or something that happened between two of them. */
export type TimelineItem =
  | { kind: "revision"; revision: Revision; previous: Revision | undefined }
  | { kind: "event"; entry: ActivityEntry };

/**
 * Puts what else happened between an application's deployments. The revisions keep the order in which the engine has them; deployments that the
 * history has are left out of the activity, an attempt that left no revision stays.
 * @param revisions newest first
 * @param activity newest first
 */
export function mergeTimeline(revisions: readonly Revision[], activity: readonly ActivityEntry[]): TimelineItem[] {
  const events = activity.filter(({ kind, revisionId }) => kind !== "deployment" || revisionId === undefined);
  const items: TimelineItem[] = [];
  let next = 0;
  for (const [index, revision] of revisions.entries()) {
    const { deployedAt } = revision;
    const time = deployedAt === undefined ? Number.NaN : Date.parse(deployedAt);
    for (let entry = events[next]; entry !== undefined && Date.parse(entry.time) >= time; entry = events[next]) {
      items.push({ kind: "event", entry });
      next += 1;
    }
    items.push({ kind: "revision", revision, previous: comparable(revision, revisions[index + 1]) });
  }
  return [...items, ...events.slice(next).map((entry): TimelineItem => ({ kind: "event", entry }))];
}

/* Rollouts of several workloads stand in one list as `web 3`, `worker 2`: they have nothing to be compared with below. */
function comparable(revision: Revision, previous: Revision | undefined): Revision | undefined {
  if (previous === undefined || revision.comparable === false || previous.comparable === false) return undefined;
  const workload = ({ id }: Revision) => (id.includes("/") ? id.slice(0, id.lastIndexOf("/")) : "");
  return workload(revision) === workload(previous) ? previous : undefined;
}
