import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { HealthStatus } from "./health-status.ts";
import { judgeHealth } from "./health.ts";
import { fields } from "./health/fields.ts";
import { judgeGenerally } from "./health/generic.ts";
import floors from "./health-conformance-floor.json" with { type: "json" };

// Cases of Argo CD's and kstatus's own tests, kept beside the repository. A clone without them has the fixtures of the
// tests in health/ only, and says so. A floor is raised when a score rises and is never lowered.
const folder = new URL("../../../shared/conformance/health/", import.meta.url);

type Source = "argocd" | "kstatus";
type Case = { id: string; source: Source; group: string; expect: { status: string }; object: unknown };
type Score = { right: number; all: number; wrong: string[] };
type Judge = (test: Case) => HealthStatus;

const kstatusWords: Readonly<Record<string, HealthStatus>> = {
  Current: "Healthy",
  InProgress: "Progressing",
  Failed: "Degraded",
  Terminating: "Progressing",
  NotFound: "Missing",
  Unknown: "Unknown",
};

function read(source: Source): Case[] {
  const file = new URL(`${source}.jsonl`, folder);
  if (!existsSync(file)) {
    console.log(`health conformance, ${source}: no cases beside this clone; only its own fixtures judge it`);
    return [];
  }
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Case);
}

const judgeBySource: Judge = ({ object, source }) => judgeHealth(object, { source }).status;
const judgeByConvention: Judge = ({ object }) => judgeGenerally(fields(object)).status;

function score(cases: readonly Case[], judge: Judge): Score {
  const result: Score = { right: 0, all: cases.length, wrong: [] };
  for (const test of cases) {
    const wanted = test.source === "kstatus" ? kstatusWords[test.expect.status] : test.expect.status;
    const got = judge(test);
    if (got === wanted) result.right += 1;
    else result.wrong.push(`${test.id}: ${wanted} expected, ${got} judged`);
  }
  return result;
}

/** Prints the score; answers the wrong cases if it is below its floor. */
function belowFloor(name: keyof typeof floors, { right, all, wrong }: Score): string[] {
  if (all === 0) return [];
  const percent = (100 * right) / all;
  console.log(`health conformance, ${name}: ${right} of ${all}, ${percent.toFixed(1)} % (floor ${floors[name]} %)`);
  return percent < floors[name] ? wrong : [];
}

function printGroups(source: Source, cases: readonly Case[]): void {
  if (cases.length === 0) return;
  const groups = Map.groupBy(cases, ({ group }) => group || "core");
  const scores = [...groups].map(([group, members]) => [group, score(members, judgeBySource)] as const);
  const line = scores.map(([group, { right, all }]) => `${group} ${right}/${all}`).join(", ");
  console.log(`health conformance, ${source} by group: ${line}`);
}

describe("health conformance", () => {
  const argocd = read("argocd");
  const kstatus = read("kstatus");
  const isBuiltIn = ({ id, group }: Case): boolean => id.startsWith("argocd/builtin/") || !group.includes(".");
  const builtIn = argocd.filter(isBuiltIn);
  const custom = argocd.filter((test) => !isBuiltIn(test));

  it("judges Kubernetes' own kinds as Argo CD does", () => {
    printGroups("argocd", argocd);
    expect(belowFloor("argocd, built-in kinds", score(builtIn, judgeBySource))).toEqual([]);
  });

  it("judges custom resources as Argo CD does", () => {
    expect(belowFloor("argocd, custom resources", score(custom, judgeBySource))).toEqual([]);
  });

  // What can be hoped for where a kind has no rule of its own.
  it("judges custom resources of unknown kinds by what controllers have in common", () => {
    const name = "argocd, custom resources by the general rules alone";
    expect(belowFloor(name, score(custom, judgeByConvention))).toEqual([]);
  });

  it("judges as kstatus does", () => {
    printGroups("kstatus", kstatus);
    expect(belowFloor("kstatus", score(kstatus, judgeBySource))).toEqual([]);
  });

  it("holds its floors where they have to be", () => {
    expect(floors["argocd, built-in kinds"]).toBe(100);
    expect(floors.kstatus).toBe(100);
    expect(floors["argocd, custom resources"]).toBeGreaterThanOrEqual(95);
  });
});
