import { describe, expect, it } from "vitest";
import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";
import type { Reading } from "#server/engines/engine.ts";
import { memoryStore, type Sketch } from "#server/engines/testing/memory-store.ts";
import { row } from "#server/stream/row.fixture.ts";
import { timeline, type TimelineView } from "./timeline.ts";

const release = (version: number, status: string): Sketch => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: `sh.helm.release.v1.shop.v${version}`,
    namespace: "a",
    creationTimestamp: `2026-03-01T0${version}:00:00Z`,
    labels: { owner: "helm", name: "shop", version: String(version), status },
  },
});

function view(items: Application[], objects: Sketch[] = []): TimelineView {
  const readings = new Map(
    items.map((application): [string, Reading] => [
      applicationKey(application),
      { application, inventory: [], dependsOn: [] },
    ]),
  );
  return {
    cluster: "c",
    store: memoryStore(objects),
    snapshot: () => ({ items, sequence: 1 }),
    reading: (unit) => readings.get(applicationKey(unit)),
    desired: () => undefined,
  };
}

const seen = (name: string, more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: `seen ${name}`,
  time: "2026-03-01T05:00:00Z",
  kind: "failure",
  result: "failed",
  what: "Degraded",
  application: { engine: "helm", namespace: "a", name },
  ...more,
});
const nothing = { warnings: [], actions: [], seen: [] };

describe("timeline", () => {
  it("tells the deployments of a release, newest first", () => {
    const told = timeline(
      view([row("shop")], [release(1, "superseded"), release(2, "deployed")]),
      nothing,
      new WeakMap(),
    );
    expect(told.map(({ what, revision }) => [what, revision])).toEqual([
      ["upgrade", "2"],
      ["install", "1"],
    ]);
  });

  it("leaves out what was seen of an application that the person may not read any more", () => {
    const told = timeline(view([row("shop")]), { ...nothing, seen: [seen("shop"), seen("hidden")] }, new WeakMap());
    expect(told.map(({ id }) => id)).toEqual(["seen shop"]);
  });

  it("tells what was done to one object as done to its application", () => {
    const deployment = { group: "apps", kind: "Deployment", namespace: "a", name: "web" };
    const item = row("shop");
    const base = view([item]);
    const owning: TimelineView = {
      ...base,
      reading: () => ({ application: item, inventory: [{ ref: deployment }], dependsOn: [] }),
    };
    const { application: _none, ...scaled } = seen("x", {
      kind: "action",
      result: "requested",
      what: "scale",
      about: deployment,
    });
    expect(timeline(owning, { ...nothing, seen: [scaled] }, new WeakMap())).toMatchObject([
      { what: "scale", application: { engine: "helm", namespace: "a", name: "shop" } },
    ]);
  });

  it("tells whose a Pod was that has been deleted, by the controller that it had", () => {
    const replicaSet = { group: "apps", kind: "ReplicaSet", namespace: "a", name: "web-1" };
    const item = row("shop");
    const owning: TimelineView = {
      ...view([item]),
      reading: () => ({ application: item, inventory: [{ ref: replicaSet }], dependsOn: [] }),
    };
    const { application: _none, ...deleted } = seen("x", {
      kind: "action",
      result: "requested",
      what: "delete",
      about: { group: "", kind: "Pod", namespace: "a", name: "web-1-x" },
      owner: replicaSet,
    });
    expect(timeline(owning, { ...nothing, seen: [deleted] }, new WeakMap())).toMatchObject([
      { what: "delete", about: { name: "web-1-x" }, application: { engine: "helm", namespace: "a", name: "shop" } },
    ]);
  });

  it("tells drift that is there, by who wrote it and when", () => {
    const ref = { group: "apps", kind: "Deployment", namespace: "a", name: "shop" };
    const top = {
      ref,
      path: "spec.replicas",
      from: "1",
      to: "3",
      manager: "kubectl-scale",
      changedAt: "2026-03-01T04:00:00Z",
    };
    const drifted: Application = { ...row("shop"), drift: { status: "Drifted", count: 1, top } };
    expect(timeline(view([drifted]), nothing, new WeakMap())).toMatchObject([
      { kind: "drift", by: "kubectl-scale", time: "2026-03-01T04:00:00Z" },
    ]);
  });

  it("reads a unit's history once as long as the unit stays the same", () => {
    const same = view([row("shop")], [release(1, "deployed")]);
    let listed = 0;
    const counting = {
      ...same,
      store: {
        ...same.store,
        list: (...asked: Parameters<TimelineView["store"]["list"]>) => {
          listed += 1;
          return same.store.list(...asked);
        },
      },
    };
    const cache = new WeakMap();
    timeline(counting, nothing, cache);
    const once = listed;
    timeline(counting, nothing, cache);
    expect([once > 0, listed - once]).toEqual([true, 0]);
  });
});
