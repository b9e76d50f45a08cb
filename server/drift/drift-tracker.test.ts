import { beforeEach, describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { KubeError } from "#server/kube/client.ts";
import { ObjectStore } from "#server/kube/object-store.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Confirmation } from "./confirm.ts";
import { DriftTracker } from "./drift-tracker.ts";

// Order and timing are tested with a clock and a cluster that do as they are told; the real ones are asked in drift.cluster.test.ts.
const unit: ApplicationRef = { engine: "flux-kustomization", namespace: "a", name: "app" };
const kind = { group: "", kind: "ConfigMap" };
const key = resourceKey({ ...kind, namespace: "a", name: "c" });
const configMap = (value: string, version = value): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "c", namespace: "a", uid: "u", resourceVersion: version },
  data: { key: value },
});
const state = (value: string, more: Partial<DesiredState> = {}): DesiredState => ({
  key: value,
  objects: [{ object: configMap(value) }],
  fieldManager: "kustomize-controller",
  exactness: "dry-run",
  ...more,
});
const ref = { ...kind, version: "v1", namespace: "a", name: "c" };

let store: ObjectStore;
let log: string[];
let timers: { at: number; run: () => void }[];
let time: number;
let questions: { resolve: (answer: Confirmation) => void; reject: (error: Error) => void; aborted: () => boolean }[];
let tracker: DriftTracker;

function live(value: string | undefined): void {
  store.apply([
    value === undefined
      ? { type: "remove", key }
      : { type: "put", object: { key, ref, uid: "u", resourceVersion: value, object: configMap(value) } },
  ]);
  tracker.objectChanged(unit, key);
}

async function pass(milliseconds: number): Promise<void> {
  time += milliseconds;
  for (const timer of timers.filter(({ at }) => at <= time)) {
    timers.splice(timers.indexOf(timer), 1);
    timer.run();
  }
  await new Promise((resolve) => setImmediate(resolve));
}

async function answer(index: number, change: "changed" | "unchanged", byEngine = false): Promise<void> {
  questions[index]?.resolve({
    verdict: {
      ref,
      change,
      fields: change === "changed" ? [{ path: "data.key", from: "1", to: "2" }] : [],
      exactness: "dry-run",
    },
    byEngine,
  });
  await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  store = new ObjectStore();
  store.setKindState(kind, { state: "synced" });
  log = [];
  timers = [];
  questions = [];
  time = 0;
  tracker = new DriftTracker({
    io: { store } as unknown as EngineIo,
    now: () => `t${time}`,
    schedule: (milliseconds, run) => {
      const timer = { at: time + milliseconds, run };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
    onVerdict: (_unit, verdict) =>
      log.push(`${verdict.status} ${verdict.count}${verdict.message === undefined ? "" : ` ${verdict.message}`}`),
    confirm: (_desired, _state, _io, signal) =>
      new Promise((resolve, reject) => {
        questions.push({ resolve, reject, aborted: () => signal?.aborted === true });
      }),
  });
});

describe("DriftTracker", () => {
  it("asks the cluster nothing about what is equal", () => {
    live("1");
    tracker.desiredChanged(unit, state("1"));
    expect(log).toEqual(["None 0"]);
    expect(timers).toEqual([]);
  });

  it("confirms a candidate once, gathered, and tells when it is gone without asking", async () => {
    live("1");
    tracker.desiredChanged(unit, state("1"));
    live("2");
    live("3");
    expect(questions.length).toBe(0);
    await pass(50);
    await answer(0, "changed");
    expect(log).toEqual(["None 0", "Drifted 1"]);
    expect(tracker.verdict(unit)?.top).toMatchObject({ path: "data.key", ref: { name: "c" } });
    live("1");
    expect(log).toEqual(["None 0", "Drifted 1", "None 0"]);
    expect(questions.length).toBe(1);
  });

  it("does not ask again as long as the same fields differ in the same way", async () => {
    live("2");
    tracker.desiredChanged(unit, state("1"));
    await pass(50);
    await answer(0, "unchanged");
    store.apply([
      {
        type: "put",
        object: {
          key,
          ref,
          uid: "u",
          resourceVersion: "9",
          object: { ...configMap("2", "9"), status: { seen: true } },
        },
      },
    ]);
    tracker.objectChanged(unit, key);
    await pass(1_000);
    expect(questions.length).toBe(1);
    expect(log).toEqual(["None 0"]);
  });

  it("drops an answer that a newer change has made stale", async () => {
    live("2");
    tracker.desiredChanged(unit, state("1"));
    await pass(50);
    live("3");
    expect(questions[0]?.aborted()).toBe(true);
    await answer(0, "changed");
    expect(log).toEqual([]);
    await pass(50);
    await answer(1, "changed");
    expect(log).toEqual(["Drifted 1"]);
  });

  it("waits before it calls a change by the engine itself drift", async () => {
    live("2");
    tracker.desiredChanged(unit, state("1"));
    await pass(50);
    await answer(0, "changed", true);
    expect(log).toEqual([]);
    await pass(3_000);
    await answer(1, "changed", true);
    expect(log).toEqual(["Drifted 1"]);
  });

  it("tells of a deleted object, and never of one whose kind is still being listed", async () => {
    store.setKindState(kind, { state: "syncing" });
    tracker.desiredChanged(unit, state("1"));
    expect(log).toEqual([]);
    store.setKindState(kind, { state: "synced" });
    await pass(250);
    expect(log).toEqual(["Drifted 1"]);
    expect(tracker.verdict(unit)?.objects.get(key)?.change).toBe("removed");
  });

  it("says Unknown where it may not look, and why", () => {
    store.setKindState(kind, { state: "forbidden" });
    tracker.desiredChanged(unit, state("1"));
    expect(log).toEqual(["Unknown 0 1 object could not be compared: no permission to list ConfigMap in a"]);
  });

  it("says Unknown when desired state could not be had", () => {
    tracker.desiredChanged(unit, { key: "", objects: [], exactness: "local", error: "flux was not found" });
    expect(log).toEqual(["Unknown 0 flux was not found"]);
  });

  it("asks again later when the cluster does not answer", async () => {
    live("2");
    tracker.desiredChanged(unit, state("1"));
    await pass(50);
    questions[0]?.reject(new KubeError(0, "Unreachable", "the API server does not answer"));
    await pass(0);
    expect(log).toEqual(["Unknown 0 1 object could not be compared: the API server does not answer"]);
    await pass(5_000);
    await answer(1, "changed");
    expect(log.at(-1)).toBe("Drifted 1");
  });

  it("tells of an object that is deleted and of its return", () => {
    live("1");
    tracker.desiredChanged(unit, state("1"));
    live(undefined);
    live("1");
    expect(log).toEqual(["None 0", "Drifted 1", "None 0"]);
  });

  it("judges anew with new desired state, and forgets a unit that is gone", async () => {
    live("2");
    tracker.desiredChanged(unit, state("1"));
    tracker.desiredChanged(unit, state("2"));
    expect(log).toEqual(["None 0"]);
    live("3");
    tracker.remove(unit);
    await pass(50);
    expect(questions.length).toBe(0);
    expect(tracker.verdict(unit)).toBeUndefined();
  });

  it("counts what a prune would delete", () => {
    live("1");
    tracker.desiredChanged(unit, state("x", { objects: [], pruned: [configMap("1")] }));
    expect(log).toEqual(["Drifted 1 ConfigMap/c: not desired any more: a sync with prune deletes it"]);
  });

  it("leaves out what asks for it: ignored, skipped, only for existence, encrypted at the source", () => {
    live("2");
    const object = configMap("1");
    for (const desired of [
      { object, skip: "ssa: ignore" },
      { object, existenceOnly: true },
      { object, ignore: ["/data/key"] },
    ])
      tracker.desiredChanged(unit, state("x", { objects: [desired] }));
    expect(log).toEqual(["None 0", "None 0"]);
    expect(questions.length).toBe(0);
  });
});
