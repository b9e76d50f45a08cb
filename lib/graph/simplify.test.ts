import { describe, expect, it } from "vitest";
import type { HealthStatus } from "../model/health-status.ts";
import type { ResourceNode } from "../model/resource-node.ts";
import { resourceForest } from "./resource-forest.ts";
import { simplify, type Simplified } from "./simplify.ts";

function node(kind: string, name: string, parent?: string, status: HealthStatus = "Healthy"): ResourceNode {
  return {
    key: `${kind}/${name}`,
    ref: { group: "", kind, name },
    health: { status },
    live: "yes",
    ...(parent !== undefined && { parent }),
  };
}
const many = (count: number, make: (index: number) => ResourceNode) =>
  Array.from({ length: count }, (_, index) => make(index));
const budget = { most: 100, alike: 4, opened: new Map<string, number>() };
const draw = (nodes: readonly ResourceNode[], changes: Partial<typeof budget> = {}) =>
  simplify(resourceForest(nodes), { ...budget, ...changes });
const words = ({ shown }: Simplified) =>
  shown.map((one) => (one.type === "group" ? `${one.group.count} ${one.group.kind}` : one.id));

const deployment = node("Deployment", "web");
const replicaSet = node("ReplicaSet", "web-1", deployment.key);
const pods = (count: number, sick = 0) =>
  many(count, (index) => node("Pod", `p${index}`, replicaSet.key, index < sick ? "Degraded" : "Healthy"));

describe("simplify", () => {
  it("draws everything when there is little", () =>
    expect(words(draw([deployment, replicaSet, ...pods(2)]))).toEqual([
      "Deployment/web",
      "ReplicaSet/web-1",
      "Pod/p0",
      "Pod/p1",
    ]));

  it("folds many healthy pods of one owner into one group with their count", () =>
    expect(words(draw([deployment, replicaSet, ...pods(30)]))).toEqual([
      "Deployment/web",
      "ReplicaSet/web-1",
      "30 Pod",
    ]));

  it("keeps those in trouble out of the group", () =>
    expect(words(draw([deployment, replicaSet, ...pods(30, 2)]))).toEqual([
      "Deployment/web",
      "ReplicaSet/web-1",
      "Pod/p0",
      "Pod/p1",
      "28 Pod",
    ]));

  it("counts a group by health, and what is below it", () => {
    const groups = draw(many(50, (index) => node("Pod", `p${index}`, undefined, "Degraded"))).shown.filter(
      (one) => one.type === "group",
    );
    expect(groups.map(({ group }) => [group.count, group.health])).toEqual([[34, { Degraded: 34 }]]);
    const [apps] = draw([
      ...many(19, (index) => node("Deployment", `d${index}`)),
      ...many(19, (index) => node("Pod", `p${index}`, `Deployment/d${index}`)),
    ]).shown;
    expect(apps).toMatchObject({ type: "group", group: { count: 19, below: 19 } });
  });

  it("opens a group by as many as were asked for", () => {
    const opened = new Map([["group::/Secret", 5]]);
    const secrets = many(40, (index) => node("Secret", `s${String(index).padStart(2, "0")}`));
    expect(words(draw(secrets, { opened }))).toEqual([
      ...many(5, (index) => node("Secret", `s0${index}`)).map(({ key }) => key),
      "35 Secret",
    ]);
  });

  it("opens a group by those that it holds, not by those in trouble beside it", () => {
    const opened = new Map([["group::/Secret", 5]]);
    const secrets = many(40, (index) => node("Secret", `s${index}`, undefined, index < 3 ? "Degraded" : "Healthy"));
    expect(words(draw(secrets, { opened })).at(-1)).toBe("32 Secret");
  });

  it("never draws more than the budget, whatever comes in", () => {
    for (const most of [40, 60, 120]) {
      const nodes = [
        ...many(900, (index) =>
          node(`Kind${index % 70}`, `r${index}`, undefined, index % 3 === 0 ? "Degraded" : "Healthy"),
        ),
        ...many(4000, (index) =>
          node(
            `Part${index % 9}`,
            `c${index}`,
            `Kind${(index % 900) % 70}/r${index % 900}`,
            index % 5 ? "Healthy" : "Missing",
          ),
        ),
      ];
      const drawn = draw(nodes, { most });
      expect(drawn.total).toBe(4900);
      expect(drawn.shown.length).toBeLessThanOrEqual(most);
      expect(drawn.shown.length).toBeGreaterThan(most / 2);
    }
  });

  it("spends a small budget on what is in trouble, down to the cause", () => {
    const nodes = [
      ...many(200, (index) => node("Deployment", `d${String(index).padStart(3, "0")}`)),
      ...many(200, (index) =>
        node(
          "Pod",
          `p${index}`,
          `Deployment/d${String(index).padStart(3, "0")}`,
          index === 150 ? "Degraded" : "Healthy",
        ),
      ),
    ];
    expect(words(draw(nodes, { most: 12 }))).toEqual(["Deployment/d150", "Pod/p150", "199 Deployment"]);
  });

  it("draws every owner before what it owns", () => {
    const { shown } = draw([deployment, replicaSet, ...pods(60, 20)]);
    const late = shown.filter(
      ({ parent }, index) => parent !== undefined && !shown.slice(0, index).some(({ id }) => id === parent),
    );
    expect(shown.length).toBeGreaterThan(10);
    expect(late).toEqual([]);
  });
});
