import { z } from "zod";
import { driftStatuses, engines, syncStatuses } from "./application.ts";
import { healthStatusSchema } from "./health-status-schema.ts";
import { resourceRefSchema } from "./resource-ref-schema.ts";

/** An engine's name as it stands in URLs. */
export const engineSchema = z.enum(engines);

/** Names one application. `namespace` is never empty: every engine's unit lives in a namespace. */
export const applicationRefSchema = z.object({ engine: engineSchema, namespace: z.string(), name: z.string() });

/**
 * How exact a drift verdict or a diff is: `dry-run` was confirmed by the API server, `local` was compared here,
 * `engine` is the engine's own verdict.
 */
export const exactnessSchema = z.enum(["dry-run", "local", "engine"]);

/** One differing field, with masked values. `path` is in dotted form (`spec.template.spec.containers[name=app].image`). */
export const fieldChangeSchema = z.object({
  path: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  manager: z.string().optional(),
  managerOperation: z.string().optional(),
  changedAt: z.string().optional(),
});

/** One line of "why": what it is about, in words, and the resource that causes it. */
export const reasonSchema = z.object({
  about: z.enum(["health", "sync", "drift", "operation", "suspended", "hold", "source"]),
  text: z.string(),
  ref: resourceRefSchema.optional(),
});

/** Where an application's desired state comes from. */
export const sourceSchema = z.object({
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string().optional(),
  url: z.string().optional(),
  ref: z.string().optional(),
  path: z.string().optional(),
  chart: z.string().optional(),
  version: z.string().optional(),
});

/** A sync, rollback or other work of the engine. */
export const operationSchema = z.object({
  kind: z.string(),
  phase: z.enum(["Running", "Succeeded", "Failed"]),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  message: z.string().optional(),
  by: z.string().optional(),
});

/** One application of any engine: a row of the list. All times are RFC 3339. */
export const applicationSchema = z.object({
  cluster: z.string(),
  engine: engineSchema,
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  health: z.object({
    status: healthStatusSchema,
    reason: z.string().optional(),
    message: z.string().optional(),
    cause: resourceRefSchema.optional(),
  }),
  sync: z.object({
    status: z.enum(syncStatuses),
    reason: z.string().optional(),
    message: z.string().optional(),
  }),
  drift: z.object({
    status: z.enum(driftStatuses),
    /** Number of differing objects. */
    count: z.number().int().nonnegative(),
    checkedAt: z.string().optional(),
    exactness: exactnessSchema.optional(),
    /** Why it is Unknown, or what limits the verdict. */
    message: z.string().optional(),
    /** The first differing field, for the row. */
    top: fieldChangeSchema.extend({ ref: resourceRefSchema }).optional(),
  }),
  operation: operationSchema.optional(),
  suspended: z.boolean(),
  hold: z.object({ by: z.string(), at: z.string(), revision: z.string(), from: z.string().optional() }).optional(),
  revision: z.object({
    applied: z.string().optional(),
    desired: z.string().optional(),
    attempted: z.string().optional(),
  }),
  sources: z.array(sourceSchema),
  managedBy: applicationRefSchema.optional(),
  /** How many resources there are of each health. */
  resources: z.partialRecord(healthStatusSchema, z.number().int().nonnegative()),
  reasons: z.array(reasonSchema),
  lastDeployedAt: z.string().optional(),
  createdAt: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
