import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import { application } from "#lib/model/application.fixture.ts";
import { countBy, sumOf } from "./counts.ts";

const one = (namespace: string, status: Application["health"]["status"], more: Partial<Application> = {}) =>
  application("x", { namespace, health: { status }, ...more });

const all = [
  one("calm", "Healthy"),
  one("calm", "Healthy"),
  one("moving", "Healthy", { sync: { status: "OutOfSync" } }),
  one("burning", "Degraded", { drift: { status: "Drifted", count: 1 } }),
];

describe("countBy", () => {
  it("counts each state, trouble first", () => {
    const rows = countBy(all, "namespace");
    expect(
      rows.map(({ group, total, Degraded, OutOfSync, Drifted }) => [group, total, Degraded, OutOfSync, Drifted]),
    ).toEqual([
      ["burning", 1, 1, 0, 1],
      ["moving", 1, 0, 1, 0],
      ["calm", 2, 0, 0, 0],
    ]);
  });

  it("adds up to all of them", () => {
    expect(sumOf(countBy(all, "namespace"))).toEqual(sumOf(countBy(all, "engine")));
    expect(sumOf(countBy(all, "engine"))).toMatchObject({ total: 4, Healthy: 3, Degraded: 1, Drifted: 1 });
  });
});
