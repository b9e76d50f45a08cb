import { z } from "zod";
import { applicationKey, applicationRefSchema, engineSchema, type ApplicationRef } from "./application.ts";
import { resourceRefSchema } from "./resource-ref.ts";

/** What can happen to an application: something was deployed, broke or healed, left what was applied, or somebody acted. */
export const activityKinds = ["deployment", "failure", "drift", "action"] as const;

/** What can happen to an application. */
export const activityKindSchema = z.enum(activityKinds);

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
export const activityResultSchema = z.enum(activityResults);

/** How it went. */
export type ActivityResult = z.infer<typeof activityResultSchema>;

/** One thing that happened. Texts are masked. */
export const activityEntrySchema = z.object({
  /** The same thing has the same id, wherever it is known from. */
  id: z.string(),
  /** RFC 3339. */
  time: z.string(),
  kind: activityKindSchema,
  result: activityResultSchema,
  /** What exactly: `sync`, `upgrade`, `rollback`, a condition, an event's reason, a field's path. */
  what: z.string(),
  /** The application; absent for an action on a source, which `about` names. */
  application: applicationRefSchema.optional(),
  about: resourceRefSchema.optional(),
  revision: z.string().optional(),
  /** What was there before. */
  from: z.string().optional(),
  /** The history's id of `revision`, to compare it or go back to it. */
  revisionId: z.string().optional(),
  /** Who: a person, a controller or a field manager, as far as it is known. */
  by: z.string().optional(),
  /** What the cluster or the engine said. */
  message: z.string().optional(),
  /** Why the person did it, in their words. */
  reason: z.string().optional(),
  /** How long it took. */
  seconds: z.number().nonnegative().optional(),
  /** How often the cluster has seen it, and since when, where it has counted. */
  count: z.number().int().positive().optional(),
  since: z.string().optional(),
});

/** One thing that happened. */
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

/** Which entries are wanted; what is absent does not narrow. */
export const activityFilterSchema = z.object({
  kind: activityKindSchema.optional(),
  result: activityResultSchema.optional(),
  engine: engineSchema.optional(),
  namespace: z.string().max(253).optional(),
  /** An `applicationKey`. */
  application: z.string().max(600).optional(),
  person: z.string().max(512).optional(),
  /** Words that all stand somewhere in the entry. */
  q: z.string().max(200).optional(),
});

/** Which entries are wanted. */
export type ActivityFilter = z.infer<typeof activityFilterSchema>;

/** Newest first; entries of one moment by id, so that pages never overlap. */
export function newestFirst(a: ActivityEntry, b: ActivityEntry): number {
  return compareText(momentOf(b), momentOf(a)) || compareText(a.id, b.id);
}

/** Whether an entry is what a filter asks for. */
export function matchesActivity(entry: ActivityEntry, filter: ActivityFilter): boolean {
  const { application } = entry;
  if (filter.kind !== undefined && entry.kind !== filter.kind) return false;
  if (filter.result !== undefined && entry.result !== filter.result) return false;
  if (filter.engine !== undefined && application?.engine !== filter.engine) return false;
  if (filter.namespace !== undefined && namespaceOf(entry) !== filter.namespace) return false;
  if (filter.application !== undefined && (application === undefined || applicationKey(application) !== filter.application))
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
  if (time.length === 24 && time.endsWith("Z")) return time;
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? time : new Date(parsed).toISOString();
}

function hasWords(entry: ActivityEntry, words: string): boolean {
  const { application, about, what, message, by, revision, reason } = entry;
  const text = [application && nameOf(application), about && `${about.kind}/${about.name}`, what, message, by, revision, reason]
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

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
