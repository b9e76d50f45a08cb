import { describe, expect, it } from "vitest";
import type { HealthStatus } from "#lib/model/health-status.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import { treeRows } from "./resource-tree.ts";

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
