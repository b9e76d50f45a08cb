import { nextTask } from "../next-task.ts";
import type { RowTable } from "./row-table-schema.ts";

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

/** The rows of a table that `toTable` has made; all, or those from one on up to another. */
export function fromTable<Row extends object>({ length, columns }: RowTable, from = 0, to = length): Row[] {
  const end = Math.min(to, length);
  const rows = Array.from({ length: Math.max(0, end - from) }, (): Record<string, unknown> => ({}));
  for (const [name, cells] of Object.entries(columns)) {
    const cellOf = Array.isArray(cells)
      ? (index: number): unknown => cells[index] ?? undefined
      : (index: number): unknown => cells.values[cells.rows ? (cells.rows[index] ?? -1) : 0];
    for (const [index, row] of rows.entries()) {
      const cell = cellOf(from + index);
      if (cell !== undefined) row[name] = cell;
    }
  }
  return rows as Row[];
}

/* About five milliseconds' worth on a slow machine. */
const atOnce = 2_000;

/** All rows of a table, read piece by piece: whoever types or scrolls meanwhile waits for one piece and not for all. */
export async function readTable<Row extends object>(table: RowTable): Promise<Row[]> {
  const rows = fromTable<Row>(table, 0, atOnce);
  for (let from = atOnce; from < table.length; from += atOnce) {
    await nextTask();
    rows.push(...fromTable<Row>(table, from, from + atOnce));
  }
  return rows;
}
