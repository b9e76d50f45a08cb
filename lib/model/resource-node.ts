import { z } from "zod";
import { fieldChangeSchema } from "./application-schema.ts";
import { driftStatuses } from "./application.ts";
import { healthStatusSchema } from "./health-status-schema.ts";
import { resourceRefSchema } from "./resource-ref-schema.ts";

/** One node of an application's resource tree. The tree is a flat list; `parent` is the key of the owning node. */
export const resourceNodeSchema = z.object({
  /** `resourceKey(ref)`. */
  key: z.string(),
  ref: resourceRefSchema,
  uid: z.string().optional(),
  /** Key of the owner node; absent for resources that the engine itself applied. */
  parent: z.string().optional(),
  health: z.object({
    status: healthStatusSchema,
    reason: z.string().optional(),
    message: z.string().optional(),
  }),
  /** The engine's own sync word for the resource, where it has one. */
  sync: z.enum(["Synced", "OutOfSync", "Unknown"]).optional(),
  drift: z.object({ status: z.enum(driftStatuses), fields: z.array(fieldChangeSchema).optional() }).optional(),
  /** Whether it exists; false for what is desired but missing. `unknown` where this person may not read it. */
  live: z.enum(["yes", "no", "unknown"]),
  createdAt: z.string().optional(),
  /** What a person looks for first: images, "3/3 ready", a host, a port. */
  summary: z.string().optional(),
  hook: z.boolean().optional(),
});

/** One node of an application's resource tree. */
export type ResourceNode = z.infer<typeof resourceNodeSchema>;
