import { z } from "zod";
import { activityEntrySchema } from "../model/activity-schema.ts";
import { applicationRefSchema, exactnessSchema } from "../model/application-schema.ts";
import { diffObjectSchema } from "../model/diff-object.ts";

/** `GET /api/v1/activity`: a page of what happened, newest first. */
export const activityListSchema = z.object({
  items: z.array(activityEntrySchema),
  /** `before` of the next page; absent on the last. */
  next: z.string().optional(),
  /** How many fit the filter, on all pages. */
  total: z.number().int(),
  /** Everybody who did something, of all entries: what `person` can be. */
  people: z.array(z.string()),
  /** Since when Driftglass has watched; what came and went before it is known only where the cluster remembers. */
  since: z.string(),
  /** What is missing, in words. */
  notes: z.array(z.string()),
});

/** `GET /api/v1/activity`. */
export type ActivityList = z.infer<typeof activityListSchema>;

/** Deployments and failures over time, oldest first. */
export const trendSchema = z.object({
  step: z.enum(["hour", "day"]),
  buckets: z.array(z.object({ from: z.string(), deployments: z.number().int(), failures: z.number().int() })),
});

/** Deployments and failures over time. */
export type Trend = z.infer<typeof trendSchema>;

/** `GET /api/v1/overview`: what the list of applications does not tell. */
export const overviewSchema = z.object({
  /** What happened in the last hour, newest first; at most 50. */
  recent: z.array(activityEntrySchema),
  /** How many happened in that hour. */
  recentTotal: z.number().int(),
  /** The last 24 hours, and the last 14 days. */
  hours: trendSchema,
  days: trendSchema,
  since: z.string(),
  notes: z.array(z.string()),
});

/** `GET /api/v1/overview`. */
export type Overview = z.infer<typeof overviewSchema>;

/** `GET /api/v1/drift`: every object that differs from what was applied. */
export const fleetDriftSchema = z.object({
  items: z.array(
    z.object({
      application: applicationRefSchema,
      exactness: exactnessSchema.optional(),
      checkedAt: z.string().optional(),
      message: z.string().optional(),
      objects: z.array(diffObjectSchema),
    }),
  ),
});

/** `GET /api/v1/drift`. */
export type FleetDrift = z.infer<typeof fleetDriftSchema>;
