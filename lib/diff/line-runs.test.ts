import { describe, expect, it } from "vitest";
import { countRuns, linesOf, lineParts, lineRuns, packRuns, unpackRuns } from "./line-runs.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);
const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;

describe("lineRuns", () => {
  it("finds a changed line between what is the same", () =>
    expect(lineRuns("a\nb\nc\n", "a\nx\nc\n")).toEqual([
      { same: true, fromStart: 0, fromCount: 1, toStart: 0, toCount: 1 },
      { same: false, fromStart: 1, fromCount: 1, toStart: 1, toCount: 1 },
      { same: true, fromStart: 2, fromCount: 1, toStart: 2, toCount: 1 },
    ]));
  it("has one run for equal texts, and none for empty ones", () => {
    expect(lineRuns("a\nb", "a\nb\n")).toHaveLength(1);
    expect(lineRuns("", "")).toEqual([]);
  });
  it("covers both texts whatever differs", () => {
    const from = text(["a", "b", "c", "d", "e", "f"]);
    for (const to of [
      text(["b", "x", "d", "y", "z", "f"]),
      "",
      text(["a"]),
      text(["q", "a", "b", "c", "d", "e", "f"]),
    ]) {
      const runs = lineRuns(from, to);
      expect(runs.reduce((sum, run) => sum + run.fromCount, 0)).toBe(6);
      expect(runs.reduce((sum, run) => sum + run.toCount, 0)).toBe(linesOf(to).length);
      expect(unpackRuns(packRuns(runs))).toEqual(runs);
    }
  });
  it("counts what was added and removed", () =>
    expect(countRuns(lineRuns("a\nb\nc\n", "a\nc\nd\ne\n"))).toEqual({ added: 2, removed: 1 }));
  it("finds a few changes in five megabytes", () => {
    const lines = numbers(150_000).map((line) => `${line}: ${"x".repeat(24)}`);
    const from = text(lines);
    expect(from.length).toBeGreaterThan(5_000_000);
    const to = text(lines.map((line, index) => (index % 30_000 === 7 ? `${line}!` : line)));
    expect(countRuns(lineRuns(from, to))).toEqual({ added: 5, removed: 5 });
    expect(lineRuns(from, to)).toHaveLength(11);
  }, 60_000);
  it("follows long texts through what was put in and taken out in many places", () => {
    const lines = numbers(12_000);
    const to = lines.flatMap((line, index) => (index % 10 === 3 ? [] : index % 10 === 5 ? [line, "put in"] : [line]));
    expect(countRuns(lineRuns(text(lines), text(to)))).toEqual({ added: 1200, removed: 1200 });
  });
  it("shows texts as replaced that have nothing in common", () => {
    const runs = lineRuns(text(numbers(9000).map((line) => `a${line}`)), text(numbers(9000).map((line) => `b${line}`)));
    expect(countRuns(runs)).toEqual({ added: 9000, removed: 9000 });
  });
});

describe("lineParts", () => {
  it("marks the words that differ", () => {
    const parts = lineParts("image: app:1.2", "image: app:1.3");
    expect(
      parts?.from
        .filter(({ changed }) => changed)
        .map((part) => part.text)
        .join(""),
    ).toContain("2");
    expect(parts?.from.map((part) => part.text).join("")).toBe("image: app:1.2");
    expect(parts?.to.map((part) => part.text).join("")).toBe("image: app:1.3");
  });
  it("leaves very long lines whole", () => expect(lineParts("a".repeat(2000), "b")).toBeUndefined());
});
