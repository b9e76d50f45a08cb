import { describe, expect, it } from "vitest";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { memoryStore } from "#server/engines/testing/memory-store.ts";
import type { FoundEvent } from "#server/kube/read-events.ts";
import { row } from "#server/stream/row.fixture.ts";
import { warningActivity } from "./warning-entries.ts";

const deployment = { group: "apps", kind: "Deployment", namespace: "shop", name: "web" };
const owners = new Map([[resourceKey(deployment), row("shop")]]);
const owner = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: "apps/v1", kind, name, uid: `uid-${kind}-${name}`, controller: true }],
});
const store = memoryStore([
  {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: "web-1", namespace: "shop", ...owner("Deployment", "web") },
  },
  { apiVersion: "v1", kind: "Pod", metadata: { name: "web-1-a", namespace: "shop", ...owner("ReplicaSet", "web-1") } },
  { apiVersion: "v1", kind: "Pod", metadata: { name: "web-1-b", namespace: "shop", ...owner("ReplicaSet", "web-1") } },
  { apiVersion: "v1", kind: "Pod", metadata: { name: "alone", namespace: "shop" } },
]);
const event = (name: string, lastSeen: string, more: Partial<FoundEvent["event"]> = {}): FoundEvent => ({
  uid: name,
  about: { group: "", kind: "Pod", namespace: "shop", name },
  annotations: {},
  event: {
    type: "Warning",
    reason: "BackOff",
    message: "Back-off restarting failed container",
    lastSeen,
    firstSeen: lastSeen,
    count: 3,
    about: { kind: "Pod", namespace: "shop", name },
    ...more,
  },
});

describe("warningActivity", () => {
  it("counts what happens to the Pods of one workload together, dated by the last", () => {
    const told = warningActivity(
      [event("web-1-a", "2026-03-01T09:05:00Z"), event("web-1-b", "2026-03-01T09:00:00Z")],
      owners,
      store,
    );
    expect(told).toMatchObject([
      {
        what: "BackOff",
        count: 6,
        time: "2026-03-01T09:05:00Z",
        since: "2026-03-01T09:00:00Z",
        about: { name: "web-1-a" },
      },
    ]);
  });

  it("keeps different reasons apart", () => {
    const told = warningActivity(
      [event("web-1-a", "2026-03-01T09:05:00Z"), event("web-1-a", "2026-03-01T09:05:00Z", { reason: "Unhealthy" })],
      owners,
      store,
    );
    expect(told).toHaveLength(2);
  });

  it("leaves out what belongs to no application that the person may read", () => {
    expect(warningActivity([event("alone", "2026-03-01T09:05:00Z")], owners, store)).toEqual([]);
    expect(warningActivity([event("gone", "2026-03-01T09:05:00Z")], owners, store)).toEqual([]);
  });

  it("does not repeat a failed operation", () => {
    const failed = {
      ...row("shop"),
      operation: {
        kind: "sync",
        phase: "Failed",
        startedAt: "2026-03-01T09:00:00Z",
        message: "Back-off restarting failed container",
      } as const,
    };
    const told = warningActivity(
      [event("web-1-a", "2026-03-01T09:05:00Z")],
      new Map([[resourceKey(deployment), failed]]),
      store,
    );
    expect(told).toEqual([]);
  });
});
