import { describe, expect, it } from "vitest";
import { correctionsOf } from "./sync-changes.ts";
import { countChanges, sentenceList } from "./words.ts";

const ref = { group: "", kind: "ConfigMap", name: "a" };

describe("correctionsOf", () => {
  it("turns drift around: what is missing is created, what is extra is deleted, fields go back", () => {
    expect(
      correctionsOf([
        { ref, change: "removed", from: "desired" },
        { ref, change: "added", to: "live" },
        {
          ref,
          change: "changed",
          from: "desired",
          to: "live",
          fields: [{ path: "data.k", from: "1", to: "2", manager: "kubectl-edit" }],
        },
        { ref, change: "unchanged" },
      ]),
    ).toEqual([
      { ref, change: "added", to: "desired" },
      { ref, change: "removed", from: "live" },
      {
        ref,
        change: "changed",
        from: "live",
        to: "desired",
        fields: [{ path: "data.k", from: "2", to: "1", manager: "kubectl-edit" }],
      },
    ]);
  });
});

describe("words", () => {
  it("counts what changes", () => {
    const change = (change: "added" | "changed" | "removed") => ({ ref, change });
    expect(countChanges([change("changed"), change("changed"), change("added"), change("removed")])).toBe(
      "change 2 objects, create 1 object and delete 1 object",
    );
  });

  it("counts the rest of a long list", () => {
    expect(sentenceList(["a", "b", "c", "d", "e", "f", "g"])).toBe("a, b, c, d, e and 2 more");
    expect([sentenceList([]), sentenceList(["a"]), sentenceList(["a", "b"])]).toEqual(["nothing", "a", "a and b"]);
  });
});
