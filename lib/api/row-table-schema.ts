import { z } from "zod";

const columnSchema = z.union([
  /** A value for each row; `null` where a row has no such field. */
  z.array(z.unknown()),
  /** Each distinct value once, and for each row which of them it has; -1 for none. Without `rows` all have the first. */
  z.object({ values: z.array(z.unknown()), rows: z.array(z.number().int()).optional() }),
]);

/** Rows by column. Fields never hold `null` themselves. */
export const rowTableSchema = z.object({ length: z.number().int(), columns: z.record(z.string(), columnSchema) });

/** Rows by column: a third of the text of thousands of rows that say much the same, and equal values are one object once it is read. */
export type RowTable = z.infer<typeof rowTableSchema>;
