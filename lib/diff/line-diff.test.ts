import { describe, expect, it } from "vitest";
import { countLines, diffLines } from "./line-diff.ts";

describe("diffLines", () => {
  it("numbers lines on both sides and marks changed words", () => {
    const [hunk, ...more] = diffLines("a\nreplicas: 2\nb\n", "a\nreplicas: 5\nb\nc\n");
    expect(more).toEqual([]);
    expect(hunk?.lines).toEqual([
      { kind: "context", text: "a", fromLine: 1, toLine: 1 },
      {
        kind: "removed",
        text: "replicas: 2",
        fromLine: 2,
        parts: [
          { text: "replicas: ", changed: false },
          { text: "2", changed: true },
        ],
      },
      {
        kind: "added",
        text: "replicas: 5",
        toLine: 2,
        parts: [
          { text: "replicas: ", changed: false },
          { text: "5", changed: true },
        ],
      },
      { kind: "context", text: "b", fromLine: 3, toLine: 3 },
      { kind: "added", text: "c", toLine: 4 },
    ]);
  });

  it("says nothing of equal texts, and shows them whole when all context is asked for", () => {
    expect(diffLines("a\n", "a\n")).toEqual([]);
    expect(diffLines("a\nb\n", "a\nb\n", Number.POSITIVE_INFINITY)[0]?.lines.map(({ text }) => text)).toEqual([
      "a",
      "b",
    ]);
  });

  it("shows a text that is there on one side alone", () => {
    expect(countLines(diffLines("", "a\nb\n"))).toEqual({ added: 2, removed: 0 });
  });

  it("leaves out far context between two hunks", () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
    const changed = lines.with(2, "x").with(40, "y");
    expect(diffLines(lines.join("\n"), changed.join("\n")).length).toBe(2);
  });
});
