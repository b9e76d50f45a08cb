import { z } from "zod";
import { exactnessSchema, fieldChangeSchema } from "./application-schema.ts";
import { resourceRefSchema } from "./resource-ref-schema.ts";

/** What happens to an object between two states. */
export const changeSchema = z.enum(["added", "removed", "changed", "unchanged"]);

/** What happens to an object between two states. */
export type Change = z.infer<typeof changeSchema>;

/** What of an object is not judged, as its own metadata or the engine's ignore rules ask. */
const ignoredSchema = z.object({
  /** JSON pointers. */
  paths: z.array(z.string()).optional(),
  /** Field managers whose fields don't count. */
  managers: z.array(z.string()).optional(),
  /** Why nothing of it is judged: `kustomize.toolkit.fluxcd.io/ssa: ignore`. */
  whole: z.string().optional(),
  /** Differences that there are now and that do not count. */
  hidden: z.array(fieldChangeSchema).optional(),
});

/** One object of a comparison; `from` and `to` are masked YAML, absent where the object does not exist. */
export const diffObjectSchema = z.object({
  ref: resourceRefSchema,
  change: changeSchema,
  from: z.string().optional(),
  to: z.string().optional(),
  fields: z.array(fieldChangeSchema).optional(),
  exactness: exactnessSchema.optional(),
  /** What the `to` side is called, where two applications are compared and it has another name than `ref`. */
  counterpart: resourceRefSchema.optional(),
  /** Something to know about this object's comparison: "skipped: ssa: ignore", "forbidden"… */
  note: z.string().optional(),
  ignored: ignoredSchema.optional(),
});

/** One object of a comparison. */
export type DiffObject = z.infer<typeof diffObjectSchema>;
