import type { z } from "zod";
import { compareText } from "../compare-text.ts";
import type {
  activityEntrySchema,
  activityFilterSchema,
  activityKindSchema,
  activityResultSchema,
} from "./activity-schema.ts";
import { applicationKey, type ApplicationRef } from "./application.ts";

/** What can happen to an application: something was deployed, broke or healed, left what was applied, or somebody acted. */
export const activityKinds = ["deployment", "failure", "drift", "action"] as const;

/** What can happen to an application. */
export type ActivityKind = z.infer<typeof activityKindSchema>;

/** How it went. `recovered` ends a failure, `corrected` ends a drift; an action is `requested` when the cluster took it. */
export const activityResults = [
  "succeeded",
  "failed",
  "running",
  "recovered",
  "drifted",
  "corrected",
  "requested",
  "refused",
] as const;

/** How it went. */
export type ActivityResult = z.infer<typeof activityResultSchema>;

/** One thing that happened. */
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

/** Which entries are wanted. */
export type ActivityFilter = z.infer<typeof activityFilterSchema>;

/** Newest first; entries of one moment by id, so that pages never overlap. */
export function newestFirst(entries: Iterable<ActivityEntry>): ActivityEntry[] {
  // Times are read once each: a fleet has tens of thousands of entries.
  return Array.from(entries, (entry) => ({ entry, moment: momentOf(entry) }))
    .sort((a, b) => compareText(b.moment, a.moment) || compareText(a.entry.id, b.entry.id))
    .map(({ entry }) => entry);
}

/** Whether an entry is what a filter asks for. */
export function matchesActivity(entry: ActivityEntry, filter: ActivityFilter): boolean {
  const { application } = entry;
  if (filter.kind !== undefined && entry.kind !== filter.kind) return false;
  if (filter.result !== undefined && entry.result !== filter.result) return false;
  if (filter.engine !== undefined && application?.engine !== filter.engine) return false;
  if (filter.namespace !== undefined && namespaceOf(entry) !== filter.namespace) return false;
  if (
    filter.application !== undefined &&
    (application === undefined || applicationKey(application) !== filter.application)
  )
    return false;
  if (filter.person !== undefined && entry.by !== filter.person) return false;
  return filter.q === undefined || hasWords(entry, filter.q);
}

/** Where in the list an entry stands; what comes after it is the next page. */
export function activityCursor(entry: ActivityEntry): string {
  return `${momentOf(entry)} ${entry.id}`;
}

/**
 * The entries after a cursor, at most `limit`, of a list that is sorted newest first. The entry that the cursor names may be gone.
 * `next` is absent on the last page.
 */
export function activityPage(
  sorted: readonly ActivityEntry[],
  cursor: string | undefined,
  limit: number,
): { items: ActivityEntry[]; next?: string } {
  const start = cursor === undefined ? 0 : firstAfter(sorted, cursor);
  const items = sorted.slice(start, start + limit);
  const last = items.at(-1);
  return start + limit < sorted.length && last !== undefined ? { items, next: activityCursor(last) } : { items };
}

/** The namespace of what an entry is about. */
export function namespaceOf({ application, about }: ActivityEntry): string | undefined {
  return application?.namespace ?? about?.namespace;
}

function firstAfter(sorted: readonly ActivityEntry[], cursor: string): number {
  const space = cursor.indexOf(" ");
  const [moment, id] = [cursor.slice(0, space), cursor.slice(space + 1)];
  const index = sorted.findIndex((entry) => {
    const own = momentOf(entry);
    return own < moment || (own === moment && compareText(entry.id, id) > 0);
  });
  return index < 0 ? sorted.length : index;
}

/* RFC 3339 with and without fractions of a second don't sort as text: both are brought to milliseconds. */
function momentOf({ time }: ActivityEntry): string {
  if (time.endsWith("Z")) {
    if (time.length === 24) return time;
    if (time.length === 20) return `${time.slice(0, 19)}.000Z`;
  }
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? time : new Date(parsed).toISOString();
}

function hasWords(entry: ActivityEntry, words: string): boolean {
  const { application, about, what, message, by, revision, reason } = entry;
  const text = [
    application && nameOf(application),
    about && `${about.kind}/${about.name}`,
    what,
    message,
    by,
    revision,
    reason,
  ]
    .join(" ")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function nameOf({ namespace, name }: ApplicationRef): string {
  return `${namespace} ${name}`;
}
