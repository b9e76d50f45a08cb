import { z } from "zod";
import { activityKinds, activityResults } from "./activity.ts";
import { applicationRefSchema, engineSchema } from "./application-schema.ts";
import { resourceRefSchema } from "./resource-ref-schema.ts";

/** What can happen to an application. */
export const activityKindSchema = z.enum(activityKinds);

/** How it went. */
export const activityResultSchema = z.enum(activityResults);

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
  /** What controlled `about` when the action was taken: a deleted Pod is gone, its ReplicaSet tells whose it was. */
  owner: resourceRefSchema.optional(),
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
