import { z } from "zod";
import { applicationRefSchema } from "./application-schema.ts";
import { resourceRefSchema } from "./resource-ref-schema.ts";

/** Who takes a change back that somebody makes by hand, or in Driftglass. */
export const undoerSchema = z.object({
  /** The application that does it, where it is one. */
  application: applicationRefSchema.optional(),
  /** The object that does it, where it is no application: an ApplicationSet, a ResourceSet, an autoscaler. */
  ref: resourceRefSchema.optional(),
  /** Changes of what: of the objects that the application consists of, or of its own definition (suspended or not, which source). */
  reverts: z.enum(["objects", "definition"]),
  /** False where it does not do so now: it is suspended, or set not to. */
  active: z.boolean(),
  /** A sentence: who, what and when. */
  text: z.string(),
});

/** Who takes a change back. */
export type Undoer = z.infer<typeof undoerSchema>;
