import { z } from "zod";

/** One entry of an application's history. */
export const revisionSchema = z.object({
  /** What `rollback` and `diff` take; for Helm the revision number. */
  id: z.string(),
  /** What the engine calls it: `main@sha1:4a637a6…`, `1.4.2`, `sha256:…`. */
  revision: z.string(),
  deployedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  /** How long it took; where it was applied several times, the last time. */
  seconds: z.number().nonnegative().optional(),
  /** The engine's own word: `deployed`, `superseded`, `ReconciliationSucceeded`… */
  status: z.string().optional(),
  failed: z.boolean().optional(),
  message: z.string().optional(),
  author: z.string().optional(),
  chart: z.string().optional(),
  appVersion: z.string().optional(),
  /** Who or what started it, where the engine says. */
  by: z.string().optional(),
  current: z.boolean(),
  restorable: z.boolean(),
  /** Why it is not restorable, in words. */
  whyNot: z.string().optional(),
  /** Whether its manifests are known, so that it can be compared. */
  comparable: z.boolean().optional(),
  /** Why it can't be compared, or not by its manifests, in words. */
  whyNotComparable: z.string().optional(),
  /** When its manifests were recorded, where Driftglass keeps them. */
  recordedAt: z.string().optional(),
});

/** One entry of an application's history. */
export type Revision = z.infer<typeof revisionSchema>;
