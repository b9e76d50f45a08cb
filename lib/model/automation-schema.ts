import { z } from "zod";
import { automationKinds, automationSections } from "./automation.ts";
import { fluxObjectStatusSchema, fluxSourcePermissionSchema } from "./flux-source-schema.ts";

/** A kind of such objects as it stands in URLs. */
export const automationKindSchema = z.enum(automationKinds);

/** Names one such object. */
export const automationRefSchema = z.object({ kind: automationKindSchema, namespace: z.string(), name: z.string() });

/** One object that Flux does something with images by, tells others by, or is run by. All times are RFC 3339. */
export const automationObjectSchema = automationRefSchema.extend({
  section: z.enum(automationSections),
  uid: z.string(),
  status: fluxObjectStatusSchema,
  suspended: z.boolean(),
  /** What it is for, in words: the image, the rule, whom it tells of what. Never an address with a secret in it. */
  about: z.string(),
  /** What it has come to last: a tag, a commit. */
  result: z.string().optional(),
  resultAt: z.string().optional(),
  interval: z.string().optional(),
  /** What it works on or tells of, by `Kind namespace/name`. */
  uses: z.array(z.object({ kind: z.string(), namespace: z.string(), name: z.string() })),
  permissions: z.array(fluxSourcePermissionSchema),
  createdAt: z.string().optional(),
});
