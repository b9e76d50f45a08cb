import type { z } from "zod";
import type { resourceActionRequestSchema, resourcePermissionsSchema } from "./resource-action-schema.ts";

/** What a person can do with one resource of an application; restarting is an action of the application. */
export const resourceActions = ["scale", "delete"] as const;

/** What a person can do with one resource. */
export type ResourceAction = (typeof resourceActions)[number];

/** Body of `POST …/actions/{action}` of a resource. */
export type ResourceActionRequest = z.infer<typeof resourceActionRequestSchema>;

/** What of this makes sense for a resource, and whether this person may. */
export type ResourcePermissions = z.infer<typeof resourcePermissionsSchema>;
