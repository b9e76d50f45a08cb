import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import type { EngineReader, Reading } from "#server/engines/engine.ts";
import { ObjectStore, toStored } from "#server/kube/object-store.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoredObject } from "#server/kube/store.ts";
import { Units } from "./units.ts";

// A reader of its own, so that what is tested is the derivation and not an engine: a unit is a ConfigMap labelled `unit`, its inventory the
// Deployment that `data.deployment` names.
const reader: EngineReader = {
  engine: "helm",
  watches: [],
  unitsOf: ({ ref, object }) =>
    ref.kind === "ConfigMap" && object.metadata.labels?.["unit"]
      ? [{ engine: "helm", namespace: "n", name: ref.name }]
      : [],
  read: ({ name }, { store, cluster }): Reading | undefined => {
    const unit = store.get(`/ConfigMap/n/${name}`);
    if (!unit) return undefined;
    reads.push(name);
    const deployment = (unit.object["data"] as { deployment: string }).deployment;
    const live = store.get(`apps/Deployment/n/${deployment}`);
    const application: Application = {
      cluster,
      engine: "helm",
      namespace: "n",
      name,
      uid: unit.uid,
      health: { status: live ? "Healthy" : "Missing" },
      sync: { status: "Synced" },
      drift: { status: "Unknown", count: 0 },
      suspended: false,
      revision: {},
      sources: [],
      resources: {},
      reasons: [],
    };
    return {
      application,
      inventory: [{ ref: { group: "apps", kind: "Deployment", namespace: "n", name: deployment } }],
      dependsOn: [],
    };
  },
  detail: () => ({ conditions: [], facts: [] }),
  history: () => undefined,
};
let reads: string[] = [];

function object(kind: string, name: string, rest: Partial<KubeObject> = {}, meta: object = {}): StoredObject {
  const apiVersion = kind === "ConfigMap" || kind === "Pod" ? "v1" : "apps/v1";
  const stored = toStored({
    apiVersion,
    kind,
    ...rest,
    metadata: { name, namespace: "n", uid: `${kind}-${name}`, resourceVersion: String((version += 1)), ...meta },
  });
  if (!stored) throw new Error("not an object");
  return stored;
}
let version = 0;

function setup(count: number) {
  const store = new ObjectStore();
  const units = new Units({
    cluster: "c",
    store,
    readers: [reader],
    desired: () => undefined,
    verdict: () => undefined,
    now: () => "",
  });
  store.subscribe((changes) => units.mark(changes));
  const edits = Array.from({ length: count }, (_, i) => [
    object("ConfigMap", `u${i}`, { data: { deployment: `d${i}` } }, { labels: { unit: "yes" } }),
    object("Deployment", `d${i}`),
  ]).flat();
  store.apply(edits.map((one) => ({ type: "put", object: one })));
  const first = units.recompute();
  reads = [];
  return { store, units, first };
}

const put = (one: StoredObject) => [{ type: "put", object: one } as const];

describe("Units", () => {
  it("reads every unit once at the start", () => {
    expect(setup(50).first.upserts).toHaveLength(50);
  });

  it("reads one unit alone when asked to, and leaves the others marked", () => {
    const { units } = setup(50);
    units.markUnit("helm/n/u1");
    units.markUnit("helm/n/u2");
    units.recomputeUnit("helm/n/u1");
    expect(reads).toEqual(["u1"]);
    units.recompute();
    expect(reads).toEqual(["u1", "u2"]);
  });

  it("reads what has changed itself before what is marked because of a kind", () => {
    const { store, units } = setup(50);
    units.markKind({ group: "apps", kind: "Deployment" });
    store.apply(put(object("Deployment", "d7", { spec: { replicas: 2 } })));
    units.recompute(() => true);
    expect(reads).toEqual(["u7"]);
    expect(units.pending).toBe(true);
    units.recompute();
    expect(reads).toHaveLength(50);
    expect(units.pending).toBe(false);
  });

  it("reads one unit again for one event, however many there are", () => {
    const { store, units } = setup(500);
    store.apply(put(object("Deployment", "d7", { spec: { replicas: 2 } })));
    units.recompute();
    expect(reads).toEqual(["u7"]);
  });

  it("reads the unit again when a Pod of its Deployment changes", () => {
    const { store, units } = setup(5);
    const owner = (kind: string, name: string) => ({
      ownerReferences: [{ apiVersion: "apps/v1", kind, name, uid: `${kind}-${name}` }],
    });
    store.apply(put(object("ReplicaSet", "d3-abc", {}, owner("Deployment", "d3"))));
    units.recompute();
    reads = [];
    store.apply(put(object("Pod", "d3-abc-x", {}, owner("ReplicaSet", "d3-abc"))));
    expect(units.recompute().same).toHaveLength(1);
    expect(reads).toEqual(["u3"]);
  });

  it("tells a changed row from one that stays the same, and a row that is gone", () => {
    const { store, units } = setup(2);
    store.apply([{ type: "remove", key: "apps/Deployment/n/d0" }]);
    const changed = units.recompute();
    expect(changed.upserts.map(({ application }) => application.health.status)).toEqual(["Missing"]);
    expect(changed.same).toEqual([]);
    store.apply([{ type: "remove", key: "/ConfigMap/n/u1" }]);
    expect(units.recompute().removes).toEqual(["helm/n/u1"]);
  });

  it("reads the units again that look at a kind, and no others, when what is known of that kind changes", () => {
    const { units } = setup(3);
    reads = [];
    units.markKind({ group: "batch", kind: "Job" });
    units.recompute();
    expect(reads).toEqual([]);
    units.markKind({ group: "apps", kind: "Deployment" });
    units.recompute();
    expect(reads).toHaveLength(3);
  });

  it("stops in the middle of many when it is told to, and goes on with the others", () => {
    const { units } = setup(5);
    units.markKind({ group: "apps", kind: "Deployment" });
    let turns = 2;
    expect(units.recompute(() => --turns < 0).same).toHaveLength(3);
    expect(units.pending).toBe(true);
    expect(units.recompute().same).toHaveLength(2);
    expect(units.pending).toBe(false);
    expect(new Set(reads).size).toBe(5);
  });

  it("forgets what a unit no longer looks at", () => {
    const { store, units } = setup(2);
    store.apply(put(object("ConfigMap", "u0", { data: { deployment: "other" } }, { labels: { unit: "yes" } })));
    units.recompute();
    reads = [];
    store.apply(put(object("Deployment", "d0", { spec: {} })));
    units.recompute();
    expect(reads).toEqual([]);
  });

  it("keeps the row and reads the rest again when somebody asks for it", async () => {
    const { units } = setup(5);
    const row = units.all.get("helm/n/u2")?.application;
    const { collectGarbage } = garbage();
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(units.all.get("helm/n/u2")?.reading.inventory).toMatchObject([{ ref: { name: "d2" } }]);
    expect(reads).toEqual(["u2"]);
    expect(units.all.get("helm/n/u2")?.application).toBe(row);
  });

  it("says that what has gone has no inventory", async () => {
    const { store, units } = setup(5);
    const unit = units.all.get("helm/n/u2");
    store.apply([{ type: "remove", key: "/ConfigMap/n/u2" }]);
    const { collectGarbage } = garbage();
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(unit?.reading.inventory).toEqual([]);
  });
});

/** V8's own collector, which Node.js shows only when asked. */
function garbage(): { collectGarbage: () => void } {
  setFlagsFromString("--expose-gc");
  return { collectGarbage: runInNewContext("gc") as () => void };
}
