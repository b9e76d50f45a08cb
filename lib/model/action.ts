import type { z } from "zod";
import type {
  actionSchema,
  actionRequestSchema,
  actionResultSchema,
  evidenceSchema,
  permissionSchema,
} from "./action-schema.ts";

/** What a person can do with an application. */
export const actions = [
  "sync",
  "rollback",
  "suspend",
  "resume",
  "refresh",
  "terminate",
  "release-hold",
  "restart",
  "test",
  "uninstall",
] as const;

/** What a person can do with an application. */
export type Action = z.infer<typeof actionSchema>;

/** Body of `POST …/actions/{action}`. */
export type ActionRequest = z.infer<typeof actionRequestSchema>;

/** Answer of `POST …/actions/{action}`. */
export type ActionResult = z.infer<typeof actionResultSchema>;

/** What an action has left to look at: a Pod that failed, and the end of its log. */
export type Evidence = z.infer<typeof evidenceSchema>;

/** Whether this person may do an action on this application now. */
export type Permission = z.infer<typeof permissionSchema>;
