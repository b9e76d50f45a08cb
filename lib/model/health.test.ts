import { describe, expect, it } from "vitest";
import { healthStatuses } from "./health-status.ts";
import { judgeHealth } from "./health.ts";

const deletionTimestamp = "2026-03-01T12:00:00Z";
const failedJob = {
  apiVersion: "batch/v1",
  kind: "Job",
  status: { conditions: [{ type: "Complete", status: "True" }] },
};

describe("any object", () => {
  it("that is being deleted is Progressing", () => {
    expect(judgeHealth({ ...failedJob, metadata: { deletionTimestamp } })).toEqual({
      status: "Progressing",
      reason: "PendingDeletion",
      message: "Pending deletion",
    });
  });

  it("that Argo CD keeps as a hook is judged although it is being deleted", () => {
    const metadata = { deletionTimestamp, finalizers: ["argocd.argoproj.io/hook-finalizer"] };
    expect(judgeHealth({ ...failedJob, metadata }).status).toBe("Healthy");
  });

  it("is judged by Argo CD's rules unless kstatus's are asked for", () => {
    const running = { apiVersion: "batch/v1", kind: "Job", status: { startTime: "2026-03-01T12:00:00Z", active: 1 } };
    expect(judgeHealth(running).status).toBe("Progressing");
    expect(judgeHealth(running, { source: "argocd" }).status).toBe("Progressing");
    expect(judgeHealth(running, { source: "kstatus" }).status).toBe("Healthy");
  });

  it.each([[null], [undefined], ["Pod"], [7], [[]]])("that is none, such as %j, is Unknown", (value) => {
    expect(judgeHealth(value).status).toBe("Unknown");
    expect(judgeHealth(value, { source: "kstatus" }).status).toBe("Unknown");
  });

  it("may carry names that JavaScript objects inherit", () => {
    for (const name of ["constructor", "__proto__", "valueOf", "hasOwnProperty"]) {
      const object = {
        apiVersion: `${name}/v1`,
        kind: name,
        status: { phase: name, conditions: [{ type: name, status: name }] },
      };
      expect(judgeHealth(object).status).toBe("Healthy");
      expect(judgeHealth(object, { source: "kstatus" }).status).toBe("Healthy");
    }
  });

  it("gets a verdict however malformed it is", { timeout: 60_000 }, () => {
    const random = mulberry(7);
    const kinds = [
      ["v1", "Pod"],
      ["apps/v1", "Deployment"],
      ["argoproj.io/v1alpha1", "Rollout"],
      ["gateway.networking.k8s.io/v1", "HTTPRoute"],
      ["kustomize.toolkit.fluxcd.io/v1", "Kustomization"],
      ["example.com/v1", "Widget"],
    ];
    for (let round = 0; round < 2000; round += 1) {
      const [apiVersion, kind] = kinds[round % kinds.length] ?? [];
      const object = { apiVersion, kind, metadata: junk(random), spec: junk(random), status: junk(random) };
      for (const source of ["argocd", "kstatus"] as const)
        expect(healthStatuses).toContain(judgeHealth(object, { source }).status);
    }
  });
});

/** A small seeded generator, so that a failure can be seen again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const keys = [
  "conditions",
  "phase",
  "containerStatuses",
  "state",
  "waiting",
  "reason",
  "type",
  "status",
  "replicas",
  "strategy",
  "parents",
  "observedGeneration",
  "generation",
];

function junk(random: () => number, depth = 0): unknown {
  const pick = Math.floor(random() * (depth > 4 ? 6 : 9));
  const leaves = [null, undefined, -1, "", "Ready", true];
  if (pick < leaves.length) return leaves[pick];
  if (pick === 6) return [junk(random, depth + 1), junk(random, depth + 1)];
  return Object.fromEntries(keys.filter(() => random() < 0.4).map((key) => [key, junk(random, depth + 1)]));
}
