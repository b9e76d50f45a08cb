import { describe, expect, it } from "vitest";
import type { HealthStatus } from "../health-status.ts";
import { judgeHealth } from "../health.ts";
import { wordVerdict } from "./words.ts";

type Fixture = readonly [fact: string, status: HealthStatus, object: object, reason?: string];

const widget = (status: object | undefined, spec: object = {}, metadata: object = {}) => ({
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name: "w", generation: 2, ...metadata },
  spec,
  ...(status && { status }),
});
const condition = (type: string, status: string, reason = "") => ({ type, status, reason, message: "" });
const conditions = (...list: object[]) => widget({ conditions: list });

const fixtures: readonly Fixture[] = [
  ["without a status is", "Healthy", widget(undefined)],
  ["whose conditions are still to come is", "Progressing", widget({ conditions: [] })],
  [
    "whose generation is not observed is",
    "Progressing",
    widget({ observedGeneration: 1, conditions: [condition("Ready", "True")] }),
    "GenerationNotObserved",
  ],
  ["that is suspended is", "Suspended", widget({ conditions: [condition("Ready", "False")] }, { suspend: true })],
  ["that is paused is", "Suspended", conditions(condition("Paused", "True"), condition("Ready", "True"))],
  ["that is ready is", "Healthy", conditions(condition("Ready", "True"))],
  ["that is not ready is", "Degraded", conditions(condition("Ready", "False", "BadCredentials")), "BadCredentials"],
  [
    "that is not ready because it is being created is",
    "Progressing",
    conditions(condition("Ready", "False", "Creating")),
    "Creating",
  ],
  ["that does not know whether it is ready is", "Progressing", conditions(condition("Ready", "Unknown"))],
  [
    "whose Ready is of an older generation is",
    "Progressing",
    conditions({ ...condition("Ready", "True"), observedGeneration: 1 }),
  ],
  [
    "that has stalled is",
    "Degraded",
    conditions(condition("Stalled", "True", "Broken"), condition("Ready", "Unknown")),
    "Broken",
  ],
  [
    "with an error of its own is",
    "Degraded",
    conditions(condition("Ready", "True"), condition("TemplateError", "True")),
  ],
  [
    "that is reconciling is",
    "Progressing",
    conditions(condition("Reconciling", "True", "Progressing"), condition("Ready", "Unknown")),
  ],
  [
    "that retries after a failure is",
    "Degraded",
    conditions(condition("Reconciling", "True", "ProgressingWithRetry"), condition("Ready", "False", "BuildFailed")),
    "BuildFailed",
  ],
  [
    "that is available and was rolled out is",
    "Healthy",
    conditions(condition("Progressing", "True", "Done"), condition("Available", "True")),
  ],
  [
    "that has given up its roll-out is",
    "Degraded",
    conditions(condition("Progressing", "False", "ProgressDeadlineExceeded"), condition("Available", "True")),
  ],
  [
    "that is ready but not synced is",
    "Degraded",
    conditions(condition("Ready", "True"), condition("Synced", "False", "ReconcileError")),
    "ReconcileError",
  ],
  [
    "whose sync is paused is",
    "Suspended",
    conditions(condition("Ready", "True"), condition("Synced", "False", "ReconcilePaused")),
  ],
  [
    "that sums up nothing, with a part that waits, is",
    "Progressing",
    conditions(condition("DatabaseReady", "False", "Waiting"), condition("CacheReady", "True")),
  ],
  [
    "that sums up nothing, with all parts there, is",
    "Healthy",
    conditions(condition("DatabaseReady", "True"), condition("CacheReady", "True")),
  ],
  ["with a condition that no convention knows is", "Healthy", conditions(condition("Dangling", "False"))],
  [
    "whose parent refuses it is",
    "Degraded",
    widget({ ancestors: [{ conditions: [condition("Accepted", "False", "Conflicted")] }] }),
    "Conflicted",
  ],
  ["whose parent accepts it is", "Healthy", widget({ parents: [{ conditions: [condition("Accepted", "True")] }] })],
  ["in phase Running is", "Healthy", widget({ phase: "Running" })],
  ["in phase Provisioning is", "Progressing", widget({ phase: "Provisioning" }), "Provisioning"],
  ["in state CreateFailed is", "Degraded", widget({ state: "CreateFailed" }), "CreateFailed"],
  ["whose health is an object with a word is", "Degraded", widget({ health: { status: "unhealthy" } })],
  ["with an error text is", "Degraded", widget({ error: "no such bucket" })],
  ["that is flagged ready is", "Healthy", widget({ ready: true })],
  [
    "with too few ready replicas is",
    "Progressing",
    widget({ replicas: 2, readyReplicas: 1 }, { replicas: 2 }),
    "LessReady",
  ],
];

describe("a custom resource of an unknown kind", () => {
  it.each(fixtures)("%s %s", (_fact, status, object, reason) => {
    const health = judgeHealth(object);
    expect(health).toMatchObject(reason === undefined ? { status } : { status, reason });
  });
});

describe("a word", () => {
  it.each([
    ["Ready", "Healthy"],
    ["IN_PROGRESS", "Progressing"],
    ["in-progress", "Progressing"],
    ["Scaling Up", "Progressing"],
    ["ScalingDown", "Progressing"],
    ["Terminating", "Progressing"],
    ["PendingApproval", "Progressing"],
    ["ImagePullBackOff", "Degraded"],
    ["DeadlineExceeded", "Degraded"],
    ["NotFound", "Missing"],
    ["Hibernated", "Suspended"],
    ["Blue", undefined],
    ["", undefined],
  ] as const)("%j means %s", (word, status) => {
    expect(wordVerdict(word)).toBe(status);
  });
});
