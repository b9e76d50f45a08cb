import { z } from "zod";
import { applicationRefSchema, exactnessSchema } from "../model/application-schema.ts";
import { diffObjectSchema } from "../model/diff-object.ts";

/** `GET …/diff?from=&to=` and `GET …/drift`. */
export const diffSchema = z.object({
  from: z.string(),
  to: z.string(),
  exactness: exactnessSchema.optional(),
  checkedAt: z.string().optional(),
  /** What limits the comparison, in words. */
  message: z.string().optional(),
  /** Objects that are known here and that this person may not read: they are left out. */
  hidden: z.number().int().positive().optional(),
  /** For Helm: values, notes and chart metadata, each as a pair of texts. */
  documents: z
    .array(z.object({ title: z.string(), from: z.string().optional(), to: z.string().optional() }))
    .optional(),
  objects: z.array(diffObjectSchema),
});

/** `GET …/diff` and `GET …/drift`. */
export type Diff = z.infer<typeof diffSchema>;

/** One side of a comparison of two applications. */
export const comparisonSideSchema = z.object({
  application: applicationRefSchema,
  /** A revision id, `desired` or `live`. */
  revision: z.string(),
});

/** `GET /api/v1/compare?left=&right=`: `from` is the left application's, `to` the right one's. */
export const comparisonSchema = diffSchema
  .omit({ from: true, to: true, checkedAt: true })
  .extend({ left: comparisonSideSchema, right: comparisonSideSchema });

/** `GET /api/v1/compare?left=&right=`. */
export type Comparison = z.infer<typeof comparisonSchema>;
