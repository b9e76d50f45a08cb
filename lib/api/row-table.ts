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

/** Puts rows into columns. Pure; `fromTable` gives equal rows back, without the fields that were `undefined`. */
export function toTable(rows: readonly object[]): RowTable {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns: RowTable["columns"] = {};
  for (const name of names) columns[name] = column(rows.map((row) => (row as Record<string, unknown>)[name]));
  return { length: rows.length, columns };
}

function column(cells: readonly unknown[]): RowTable["columns"][string] {
  const places = new Map<string, number>();
  const values: unknown[] = [];
  const rows = cells.map((cell) => {
    if (cell === undefined) return -1;
    const text = JSON.stringify(cell);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, values.length);
    return values.push(cell) - 1;
  });
  if (values.length === 1 && !rows.includes(-1)) return { values };
  // Where most values are of one row alone, saying which they are costs more than it spares.
  return values.length * 2 > cells.length ? cells.map((cell) => cell ?? null) : { values, rows };
}

/** The rows of a table that `toTable` has made. */
export function fromTable<Row extends object>({ length, columns }: RowTable): Row[] {
  const rows = Array.from({ length }, (): Record<string, unknown> => ({}));
  for (const [name, cells] of Object.entries(columns)) {
    const cellOf = Array.isArray(cells)
      ? (index: number): unknown => cells[index] ?? undefined
      : (index: number): unknown => cells.values[cells.rows ? (cells.rows[index] ?? -1) : 0];
    for (const [index, row] of rows.entries()) {
      const cell = cellOf(index);
      if (cell !== undefined) row[name] = cell;
    }
  }
  return rows as Row[];
}
