import { describe, expect, it } from "vitest";
import type { HealthStatus } from "#lib/model/health-status.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import { listRows, treeRows, treeStep } from "./resource-tree.ts";

function node(name: string, parent?: string, status: HealthStatus = "Healthy"): ResourceNode {
  return {
    key: name,
    ref: { group: "", kind: "K", name },
    health: { status },
    live: "yes",
    ...(parent !== undefined && { parent }),
  };
}
const all = { query: "", problems: false, toggled: new Set<string>() };
const shape = (rows: ReturnType<typeof treeRows>) => rows.map((row) => `${"-".repeat(row.depth)}${row.node.key}`);

describe("the resource tree", () => {
  it("puts owners before what they own and problems first", () => {
    const nodes = [node("a"), node("a1", "a"), node("b"), node("b1", "b", "Degraded")];
    expect(shape(treeRows(nodes, all))).toEqual(["b", "-b1", "a", "-a1"]);
  });
  it("keeps the owners of what matches", () =>
    expect(shape(treeRows([node("a"), node("a1", "a"), node("b")], { ...all, query: "a1" }))).toEqual(["a", "-a1"]));
  it("shows only what leads to a problem", () =>
    expect(shape(treeRows([node("a"), node("b"), node("b1", "b", "Missing")], { ...all, problems: true }))).toEqual([
      "b",
      "-b1",
    ]));
  it("puts a node whose owner is unknown at the top", () =>
    expect(shape(treeRows([node("x", "gone")], all))).toEqual(["x"]));
  it("ends when nodes own each other", () =>
    expect(shape(treeRows([node("r"), node("s", "s")], all))).toEqual(["r", "s"]));
  it("closes what was toggled", () =>
    expect(shape(treeRows([node("a"), node("a1", "a")], { ...all, toggled: new Set(["a"]) }))).toEqual(["a"]));
});

describe("the list of resources", () => {
  it("has every node for itself, the worst first", () =>
    expect(
      shape(
        listRows([node("a"), node("a1", "a", "Degraded"), node("b", undefined, "Missing")], {
          query: "",
          problems: false,
        }),
      ),
    ).toEqual(["a1", "b", "a"]));
});

describe("arrow keys in the tree", () => {
  const rows = treeRows([node("a"), node("a1", "a"), node("a2", "a"), node("b")], all);
  it("go up and down by rows, and stay at the ends", () => {
    expect(treeStep(rows, "a", "ArrowDown")).toEqual({ go: "a1" });
    expect(treeStep(rows, "b", "ArrowDown")).toBeUndefined();
    expect(treeStep(rows, "a", "ArrowUp")).toBeUndefined();
    expect(treeStep(rows, undefined, "ArrowDown")).toEqual({ go: "a" });
  });
  it("open, then go in; close, then go to the owner", () => {
    const closed = treeRows([node("a"), node("a1", "a")], { ...all, toggled: new Set(["a"]) });
    expect(treeStep(closed, "a", "ArrowRight")).toEqual({ toggle: "a" });
    expect(treeStep(rows, "a", "ArrowRight")).toEqual({ go: "a1" });
    expect(treeStep(rows, "a2", "ArrowLeft")).toEqual({ go: "a" });
    expect(treeStep(rows, "a", "ArrowLeft")).toEqual({ toggle: "a" });
    expect(treeStep(rows, "b", "ArrowLeft")).toBeUndefined();
  });
  it("go to the ends with Home and End", () => {
    expect(treeStep(rows, "a2", "Home")).toEqual({ go: "a" });
    expect(treeStep(rows, "a2", "End")).toEqual({ go: "b" });
  });
});
