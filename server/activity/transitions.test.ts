import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import { row } from "#server/stream/row.fixture.ts";
import { failureOf } from "./failures.ts";
import { memoryStore } from "#server/engines/testing/memory-store.ts";
import { transitionsOf } from "./transitions.ts";

const seenAt = "2026-03-01T09:00:00.000Z";
const healthy: Application = { ...row("shop"), health: { status: "Healthy" }, drift: { status: "None", count: 0 } };
const cause = { group: "", kind: "Pod", namespace: "shop", name: "shop-1" };
const broken: Application = {
  ...healthy,
  health: { status: "Degraded", reason: "CrashLoopBackOff", message: "exit 1", cause },
};
const drifted: Application = {
  ...healthy,
  drift: {
    status: "Drifted",
    count: 2,
    top: {
      ref: cause,
      path: "spec.replicas",
      from: "2",
      to: "5",
      manager: "kubectl-scale",
      changedAt: "2026-03-01T08:30:00Z",
    },
  },
};

describe("transitionsOf", () => {
  it("tells when an application breaks, of what, and when it is well again", () => {
    expect(transitionsOf(healthy, broken, seenAt)).toMatchObject([
      { kind: "failure", result: "failed", what: "CrashLoopBackOff", message: "exit 1", about: cause, time: seenAt },
    ]);
    expect(transitionsOf(broken, healthy, seenAt)).toMatchObject([
      { kind: "failure", result: "recovered", message: "exit 1" },
    ]);
  });

  it("calls nothing recovered that is only on its way", () => {
    expect(transitionsOf(broken, { ...healthy, health: { status: "Progressing" } }, seenAt)).toEqual([]);
  });

  it("dates drift by the field that was written, and names its manager", () => {
    expect(transitionsOf(healthy, drifted, seenAt)).toMatchObject([
      { kind: "drift", result: "drifted", by: "kubectl-scale", time: "2026-03-01T08:30:00Z", what: "spec.replicas" },
    ]);
  });

  it("keeps what had drifted when it is corrected, for nothing else knows it then", () => {
    expect(transitionsOf(drifted, healthy, seenAt).map(({ result, time }) => [result, time])).toEqual([
      ["drifted", "2026-03-01T08:30:00Z"],
      ["corrected", seenAt],
    ]);
  });

  it("says what is gone also where nobody's name and time were on it", () => {
    const top = { ref: cause, path: "spec.replicas", from: "2" };
    const unnamed: Application = { ...healthy, drift: { status: "Drifted", count: 1, top } };
    expect(transitionsOf(unnamed, healthy, seenAt)).toMatchObject([
      { result: "corrected", what: "spec.replicas", message: expect.stringContaining("spec.replicas") },
    ]);
  });

  it("calls it no drift when the first comparison finds it: it was there before", () => {
    const unknown: Application = { ...healthy, drift: { status: "Unknown", count: 0 } };
    expect(transitionsOf(unknown, drifted, seenAt)).toEqual([]);
    expect(transitionsOf(drifted, unknown, seenAt)).toEqual([]);
  });
});

describe("failureOf", () => {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "shop-1", namespace: "shop" },
    status: { conditions: [{ type: "Ready", status: "False", lastTransitionTime: "2026-03-01T08:10:00Z" }] },
  };

  it("dates a failure by the resource that causes it", () => {
    expect(failureOf(broken, undefined, memoryStore([pod]))).toMatchObject([
      { time: "2026-03-01T08:10:00Z", message: "exit 1", about: cause },
    ]);
  });

  it("tells nothing where no time is known, or where the failed operation says the same", () => {
    expect(failureOf(broken, undefined, memoryStore([]))).toEqual([]);
    const operation = { kind: "sync", phase: "Failed", startedAt: seenAt, message: "exit 1" } as const;
    expect(failureOf({ ...broken, operation }, undefined, memoryStore([pod]))).toEqual([]);
  });
});
