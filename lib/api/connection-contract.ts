import { z } from "zod";

/** How well the server follows the cluster. */
export const connectionSchema = z.object({
  state: z.enum(["live", "catching-up", "disconnected"]),
  /** Since when it is in this state. */
  since: z.string(),
  message: z.string().optional(),
});

/** How well the server follows the cluster. */
export type Connection = z.infer<typeof connectionSchema>;

/** What this person can't see, so that "no permission" is never shown as "empty". */
export const limitSchema = z.object({
  group: z.string(),
  kind: z.string(),
  reason: z.enum(["forbidden", "namespaces", "unavailable"]),
  /** The namespaces that are read instead, with reason `namespaces`. */
  namespaces: z.array(z.string()).optional(),
  message: z.string(),
});

/** What this person can't see. */
export type Limit = z.infer<typeof limitSchema>;
