import { describe, expect, it } from "vitest";
import { rowTableSchema } from "./row-table-schema.ts";
import { fromTable, readTable, toTable } from "./row-table.ts";

const rows = [
  { name: "a", labels: { team: "one" }, suspended: false, hold: undefined },
  { name: "b", labels: { team: "one" }, suspended: false },
  { name: "c", suspended: false, reasons: [], hold: { by: "jane" } },
];

describe("a table of rows", () => {
  it("gives the same rows back, by way of JSON", () => {
    const table = rowTableSchema.parse(JSON.parse(JSON.stringify(toTable(rows))));
    expect(fromTable(table)).toEqual(rows);
    expect(fromTable(table).map((row) => "hold" in row)).toEqual([false, false, true]);
  });

  it("says what many rows share once, and it is one object then", () => {
    const table = toTable(rows);
    expect(table.columns["labels"]).toEqual({ values: [{ team: "one" }], rows: [0, 0, -1] });
    expect(table.columns["name"]).toEqual(["a", "b", "c"]);
    expect(table.columns["suspended"]).toEqual({ values: [false] });
    const [one, other] = fromTable<{ labels?: object }>(table);
    expect(one?.labels).toBe(other?.labels);
  });

  it("may be empty", () => {
    expect(fromTable(toTable([]))).toEqual([]);
  });

  it("is read piece by piece, with other work between, and comes to the same", async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => ({ name: `app-${index}`, ...rows[index % rows.length] }));
    const table = toTable(many);
    let between = 0;
    const other = setInterval(() => (between += 1));
    expect(await readTable(table)).toEqual(fromTable(table));
    clearInterval(other);
    expect(between).toBeGreaterThan(0);
    expect(fromTable(table, 4_499, 9_000)).toHaveLength(1);
  });
});
