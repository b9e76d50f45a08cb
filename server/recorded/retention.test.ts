import { describe, expect, it } from "vitest";
import type { RecordHead } from "./record.ts";
import { expired } from "./retention.ts";

const head = (unit: string, day: number, bytes = 10): RecordHead => ({
  unit,
  content: `${unit}${day}`,
  application: { engine: "argocd", namespace: "argocd", name: unit },
  maskKey: "k",
  objects: 1,
  bytes,
  revisions: [{ id: String(day), revision: String(day), recordedAt: `2026-01-${String(day).padStart(2, "0")}` }],
});
const names = (heads: readonly RecordHead[]) => heads.map(({ content }) => content);

describe("expired", () => {
  it("is nothing as long as everything fits", () => {
    expect(expired([head("a", 1), head("a", 2), head("b", 1)], { perApplication: 2, bytes: 30 })).toEqual([]);
  });

  it("is what an application has beyond its number, the oldest", () => {
    const heads = [head("a", 3), head("a", 1), head("b", 1), head("a", 2)];
    expect(names(expired(heads, { perApplication: 2, bytes: 1000 }))).toEqual(["a1"]);
  });

  it("is the oldest of all when there is no room, each application's newest last", () => {
    const heads = [head("a", 1), head("b", 2), head("b", 3), head("c", 4), head("c", 5)];
    expect(names(expired(heads, { perApplication: 9, bytes: 30 }))).toEqual(["b2", "c4"]);
    expect(names(expired(heads, { perApplication: 9, bytes: 15 }))).toEqual(["b2", "c4", "a1", "b3"]);
  });
});
