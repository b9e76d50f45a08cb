import { describe, expect, it } from "vitest";
import { liveFacts } from "./live-facts.ts";

const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p" },
  spec: { initContainers: [{ name: "migrate" }], containers: [{ name: "app" }, { name: "proxy" }] },
  status: {
    conditions: [
      { type: "Initialized", status: "True", lastTransitionTime: "2026-01-01T00:00:00Z" },
      { type: "Ready", status: "False", reason: "ContainersNotReady", lastTransitionTime: "2026-01-02T00:00:00Z" },
    ],
    initContainerStatuses: [
      { name: "migrate", restartCount: 0, state: { terminated: { reason: "Completed", exitCode: 0 } } },
    ],
    containerStatuses: [{ name: "app", restartCount: 4, state: { waiting: { reason: "CrashLoopBackOff" } } }],
  },
};

describe("liveFacts", () => {
  it("names a pod's containers in the order of their start, with what they do", () =>
    expect(liveFacts(pod).containers).toEqual([
      { name: "migrate", type: "init", state: "ended: Completed, exit 0", restarts: 0 },
      { name: "app", type: "app", state: "waiting: CrashLoopBackOff", restarts: 4 },
      { name: "proxy", type: "app", state: "not started", restarts: 0 },
    ]));
  it("puts the condition that changed last first", () =>
    expect(liveFacts(pod).conditions?.map(({ type }) => type)).toEqual(["Ready", "Initialized"]));
  it("reads the replicas of what has them", () =>
    expect(
      liveFacts({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" }, spec: { replicas: 3 } }),
    ).toEqual({ replicas: 3 }));
  it("finds nothing in what is shaped otherwise", () =>
    expect(
      liveFacts({ apiVersion: "x/v1", kind: "X", metadata: { name: "x" }, spec: "?", status: { conditions: [1, {}] } }),
    ).toEqual({}));
});
