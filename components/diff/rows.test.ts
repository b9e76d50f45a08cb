import { describe, expect, it } from "vitest";
import { allLines, foldLines, splitRows } from "./rows.ts";

const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const numbered = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
const changed = numbered.with(9, "line ten");

describe("folding", () => {
  const lines = allLines(text(...numbered), text(...changed));
  it("hides what is far from a change and says how much", () => {
    const rows = foldLines(lines, new Set());
    expect(rows.map((row) => (row.kind === "fold" ? `…${row.count}` : row.kind[0])).join(" ")).toBe(
      "…6 c c c r a c c c …7",
    );
  });
  it("shows a fold that was opened", () =>
    expect(foldLines(lines, new Set([0])).filter((row) => row.kind === "fold")).toHaveLength(1));
  it("loses no line when every fold is open", () => expect(foldLines(lines, new Set([0, 14]))).toEqual(lines));
  it("does not hide three lines", () => {
    const short = allLines(text("a", "b", "c", "d", "e", "f", "x"), text("a", "b", "c", "d", "e", "f", "y"));
    expect(foldLines(short, new Set()).some((row) => row.kind === "fold")).toBe(false);
  });
  it("folds equal texts whole", () =>
    expect(foldLines(allLines(text(...numbered), text(...numbered)), new Set())).toEqual([
      { kind: "fold", start: 0, count: 20 },
    ]));
});

describe("side by side", () => {
  it("pairs what was removed with what was added and leaves the rest of a side empty", () => {
    const rows = splitRows(foldLines(allLines(text("a", "b", "z"), text("a", "c", "d", "z")), new Set()));
    expect(rows.map((row) => (row.kind === "fold" ? "fold" : [row.from?.text, row.to?.text]))).toEqual([
      ["a", "a"],
      ["b", "c"],
      [undefined, "d"],
      ["z", "z"],
    ]);
  });
});
