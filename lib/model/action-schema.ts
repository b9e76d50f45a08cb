import { z } from "zod";
import { actions } from "./action.ts";
import { diffObjectSchema } from "./diff-object.ts";
import { resourceRefSchema } from "./resource-ref-schema.ts";
import { undoerSchema } from "./undoer-schema.ts";

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
  /** Argo CD, many sources: a revision for each, in their order; empty is the source's own target revision. */
  revisions: z.array(z.string().max(512)).max(100).optional(),
  /** Argo CD: apply without running hooks. */
  applyOnly: z.boolean().optional(),
  /** Argo CD: whether to apply on the server's side; unsaid, as its sync options are. */
  serverSideApply: z.boolean().optional(),
  /** Argo CD: whether to replace objects whole; unsaid, as its sync options are. */
  replace: z.boolean().optional(),
  /** Uninstalling keeps the release's records, so that it can be rolled back. */
  keepHistory: z.boolean().optional(),
  /** Why the person does it; recorded where the engine can record it. */
  reason: z.string().max(1000).optional(),
  resources: z.array(resourceRefSchema).max(5000).optional(),
});

/** What an action has left to look at: an object, what it came to, and the end of its log. */
export const evidenceSchema = z.object({
  ref: resourceRefSchema,
  /** "succeeded", "failed: exit code 3"… */
  verdict: z.string(),
  failed: z.boolean(),
  /** The last lines, as the container wrote them but for values of Secrets. */
  log: z.string().optional(),
});

/** Answer of `POST …/actions/{action}`. */
export const actionResultSchema = z.object({
  preview: z.boolean(),
  /** Whether the cluster took the request (or, in a preview, would take it). */
  accepted: z.boolean(),
  changes: z.array(diffObjectSchema).optional(),
  warnings: z.array(z.string()),
  /** In a preview: who would take back what the action changes. */
  undoers: z.array(undoerSchema).optional(),
  message: z.string(),
  /** Of tests: each Pod that ran, with the end of its log. */
  evidence: z.array(evidenceSchema).optional(),
});

/** Whether this person may do an action on this application now, and if not, why. */
export const permissionSchema = z.object({
  action: actionSchema,
  allowed: z.boolean(),
  /** The missing permission or the reason, in words: "needs patch on helmreleases.helm.toolkit.fluxcd.io in team-a". */
  reason: z.string().optional(),
});
