import { describe, expect, it } from "vitest";
import type { HealthStatus } from "../model/health-status.ts";
import type { ResourceNode } from "../model/resource-node.ts";
import { ownersOf, podsBelow } from "./pods-below.ts";

const node = (kind: string, name: string, parent?: string, status: HealthStatus = "Healthy"): ResourceNode => ({
  key: name,
  ref: { group: kind === "Pod" ? "" : "apps", kind, name },
  health: { status },
  live: "yes",
  ...(parent !== undefined && { parent }),
});
const nodes = [
  node("Deployment", "web"),
  node("ReplicaSet", "web-1", "web"),
  node("Pod", "web-1-a", "web-1"),
  node("Pod", "web-1-b", "web-1", "Degraded"),
  node("Pod", "alone"),
];

describe("podsBelow", () => {
  it("finds the pods of a workload through its ReplicaSets, those in trouble first", () =>
    expect(podsBelow(nodes, "web").map(({ key }) => key)).toEqual(["web-1-b", "web-1-a"]));
  it("finds all pods of an application", () => expect(podsBelow(nodes)).toHaveLength(3));
  it("finds a pod itself", () => expect(podsBelow(nodes, "alone")).toHaveLength(1));
  it("ends where owners own each other", () =>
    expect(podsBelow([node("Pod", "a", "b"), node("X", "b", "a")], "c")).toEqual([]));
});

describe("ownersOf", () => {
  it("goes from the outermost to the nearest", () =>
    expect(ownersOf(nodes, "web-1-a").map(({ key }) => key)).toEqual(["web", "web-1"]));
  it("ends where owners own each other", () =>
    expect(ownersOf([node("X", "a", "b"), node("X", "b", "a")], "a").map(({ key }) => key)).toEqual(["b"]));
});
