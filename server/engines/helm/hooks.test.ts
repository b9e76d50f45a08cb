import { describe, expect, it } from "vitest";
import type { HookFact } from "#server/desired/desired-state.ts";
import { memoryStore, type Sketch } from "../testing/memory-store.ts";
import { failedHook, hookInventory } from "./hooks.ts";

const namespace = "billing";
const job: Sketch = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "ledger-migration", namespace, uid: "job" },
  status: { conditions: [{ type: "Failed", status: "True", reason: "BackoffLimitExceeded" }], failed: 1 },
};
const pod: Sketch = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "ledger-migration-x1",
    namespace,
    uid: "pod",
    ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name: "ledger-migration", uid: "job", controller: true }],
  },
  spec: { restartPolicy: "Never", containers: [{ name: "migration", image: "registry.example.com/billing/ledger:1" }] },
  status: {
    phase: "Failed",
    containerStatuses: [
      {
        name: "migration",
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode: 3, reason: "Error" } },
      },
    ],
  },
};
const hook = (phase?: HookFact["phase"], events = ["pre-upgrade"]): HookFact => ({
  ref: { group: "batch", version: "v1", kind: "Job", namespace, name: "ledger-migration" },
  events,
  deletePolicies: [],
  ...(phase !== undefined && { phase }),
});

describe("a failed hook", () => {
  it("is traced to the Pod that failed, with its exit code", () => {
    const evidence = failedHook([hook("Failed")], memoryStore([job, pod]));
    expect(evidence).toMatchObject({ test: false, cause: { kind: "Pod", name: "ledger-migration-x1" } });
    expect(evidence?.text).toMatch(/^pre-upgrade hook Job\/ledger-migration failed: .*exit(?: code)? 3/);
  });

  it("that was deleted since is said to have failed all the same", () => {
    expect(failedHook([hook("Failed", ["test"])], memoryStore([]))).toEqual({
      text: "test Job/ledger-migration failed, and is not there any more to tell why",
      cause: hook().ref,
      test: true,
    });
  });

  it("is none that succeeded or has not run", () => {
    expect(failedHook([hook("Succeeded"), hook()], memoryStore([job]))).toBeUndefined();
  });
});

describe("hooks among the resources", () => {
  it("are those that are there: most are deleted after they have run", () => {
    expect(hookInventory([hook("Failed")], memoryStore([job]))).toMatchObject([{ hook: true, ignoreHealth: true }]);
    expect(hookInventory([hook("Succeeded")], memoryStore([]))).toEqual([]);
  });
});
