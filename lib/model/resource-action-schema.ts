import { z } from "zod";
import { resourceActions } from "./resource-action.ts";

/** What a person can do with one resource, as it stands in URLs. */
export const resourceActionSchema = z.enum(resourceActions);

/** Body of `POST …/actions/{action}` of a resource. */
export const resourceActionRequestSchema = z.object({
  /** Answer what would change, and change nothing. */
  preview: z.boolean().optional(),
  /** For `scale`: how many pods there shall be. */
  replicas: z.number().int().min(0).max(10_000).optional(),
  /** Why the person does it; stands in the audit log. */
  reason: z.string().max(1000).optional(),
});

/** What makes sense for a resource, and whether this person may; `reason` says in words why not. */
export const resourcePermissionsSchema = z.object({
  items: z.array(z.object({ action: resourceActionSchema, allowed: z.boolean(), reason: z.string().optional() })),
});
