import { z } from "zod";
import { actions } from "./action.ts";
import { diffObjectSchema } from "./diff-object.ts";
import { resourceRefSchema } from "./resource-ref-schema.ts";

/** What a person can do with an application. */
export const actionSchema = z.enum(actions);

/** Body of `POST …/actions/{action}`; each action reads its own fields and ignores the rest. */
export const actionRequestSchema = z.object({
  /** Answer what would change, and change nothing. */
  preview: z.boolean().optional(),
  revision: z.string().min(1).max(512).optional(),
  prune: z.boolean().optional(),
  force: z.boolean().optional(),
  withSource: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  hard: z.boolean().optional(),
  /** Why the person does it; recorded where the engine can record it. */
  reason: z.string().max(1000).optional(),
  resources: z.array(resourceRefSchema).max(5000).optional(),
});

/** Answer of `POST …/actions/{action}`. */
export const actionResultSchema = z.object({
  preview: z.boolean(),
  /** Whether the cluster took the request (or, in a preview, would take it). */
  accepted: z.boolean(),
  changes: z.array(diffObjectSchema).optional(),
  warnings: z.array(z.string()),
  message: z.string(),
});

/** Whether this person may do an action on this application now, and if not, why. */
export const permissionSchema = z.object({
  action: actionSchema,
  allowed: z.boolean(),
  /** The missing permission or the reason, in words: "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a". */
  reason: z.string().optional(),
});
