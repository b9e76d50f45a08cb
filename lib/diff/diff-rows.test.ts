import { describe, expect, it } from "vitest";
import { DiffRows, type DiffRow } from "./diff-rows.ts";
import { lineRuns } from "./line-runs.ts";

const lines = (count: number, change?: number) =>
  Array.from({ length: count }, (_, index) => (index === change ? `changed ${index}` : `line ${index}`)).join("\n");
const all = (rows: DiffRows) => Array.from({ length: rows.count }, (_, index) => rows.at(index));
const words = (row: DiffRow | undefined) =>
  row?.kind === "fold" ? `fold ${row.count}` : row?.kind === "pair" ? `${row.from ?? ""}|${row.to ?? ""}` : row?.kind;

const runs = lineRuns(lines(30), lines(30, 15));

describe("rows of a comparison", () => {
  it("fold what is far from a change", () =>
    expect(all(new DiffRows(runs, "unified", new Set())).map(words)).toEqual([
      "fold 12",
      "context",
      "context",
      "context",
      "removed",
      "added",
      "context",
      "context",
      "context",
      "fold 11",
    ]));
  it("show a fold that was opened", () => {
    const rows = new DiffRows(runs, "unified", new Set([0]));
    expect(rows.at(0)).toEqual({ kind: "context", from: 0, to: 0 });
    expect(rows.count).toBe(21);
  });
  it("put what was removed beside what was added", () =>
    expect(all(new DiffRows(lineRuns("a\nb\nc", "a\nx"), "split", new Set())).map(words)).toEqual([
      "0|0",
      "1|1",
      "2|",
    ]));
  it("tell which lines to compare word by word where as many came as went", () => {
    const rows = all(new DiffRows(runs, "unified", new Set()));
    expect(rows[4]).toEqual({ kind: "removed", from: 15, other: 15 });
    expect(rows[5]).toEqual({ kind: "added", to: 15, other: 15 });
    expect(new DiffRows(lineRuns("a\nb", "c"), "unified", new Set()).at(0)).toEqual({ kind: "removed", from: 0 });
  });
  it("fold nothing where nothing differs", () =>
    expect(new DiffRows(lineRuns(lines(50), lines(50)), "unified", new Set()).count).toBe(50));
  it("have every line once when everything is opened, in either layout", () => {
    for (const layout of ["unified", "split"] as const) {
      const rows = all(new DiffRows(runs, layout, new Set([0, 1, 2])));
      const from = rows.flatMap((row) => (row && "from" in row && row.from !== undefined ? [row.from] : []));
      expect(from).toEqual(Array.from({ length: 30 }, (_, index) => index));
    }
  });
  it("cost as much as there are changes, however long the texts are", () => {
    const half = 5_000_000;
    const long = [
      { same: true, fromStart: 0, fromCount: half, toStart: 0, toCount: half },
      { same: false, fromStart: half, fromCount: 1, toStart: half, toCount: 1 },
      { same: true, fromStart: half + 1, fromCount: half, toStart: half + 1, toCount: half },
    ];
    expect(new DiffRows(long, "unified", new Set()).count).toBe(10);
    const opened = new DiffRows(long, "unified", new Set([0, 2]));
    expect(opened.count).toBe(2 * half + 2);
    expect(opened.at(2 * half + 1)).toEqual({ kind: "context", from: 2 * half, to: 2 * half });
    expect(opened.at(2 * half + 2)).toBeUndefined();
  });
});
