import { describe, expect, it } from "vitest";
import { ObjectStore } from "#server/kube/object-store.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { exactDiff } from "./exact-diff.ts";

const ref = { group: "", kind: "ConfigMap", namespace: "shop", name: "settings" };
const settings = (data: object, applied?: object): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    name: "settings",
    namespace: "shop",
    ...(applied && {
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(settings(applied)) },
    }),
  },
  data,
});
const readable = new ObjectStore();
readable.setKindState(ref, { state: "synced" });
const context = { store: readable, remote: false };

describe("exactDiff", () => {
  it("compares what Argo CD has normalised, so that its ignore rules hold", () => {
    const target = settings({ a: "1", ignored: "1" });
    const live = settings({ a: "1", ignored: "2" });
    const normal = settings({ a: "1" });
    expect(exactDiff([{ ref, target, live, predicted: normal, normalised: normal }], context).objects).toMatchObject([
      { change: "unchanged", exactness: "engine" },
    ]);
  });

  it("tells a change in the source from one in the cluster", () => {
    const noteOf = (target: object, live: KubeObject) =>
      exactDiff([{ ref, target: settings(target), live }], context).objects[0]?.note;
    expect(noteOf({ a: "2" }, settings({ a: "1" }, { a: "1" }))).toBe("changed in the source, not synced yet");
    expect(noteOf({ a: "1" }, settings({ a: "2" }, { a: "1" }))).toBeUndefined();
    expect(noteOf({ a: "1", b: "2" }, settings({ a: "2", b: "1" }, { a: "1", b: "1" }))).toBe(
      "changed in the source and in the cluster since the last sync",
    );
  });

  it("tells what is missing, and what waits to be pruned", () => {
    const { objects } = exactDiff(
      [
        { ref, target: settings({}) },
        { ref: { ...ref, name: "old" }, live: settings({}) },
      ],
      context,
    );
    expect(objects.map(({ ref, change, note }) => [ref.name, change, note])).toEqual([
      ["settings", "removed", undefined],
      ["old", "added", "not in the source any more: a sync with prune deletes it"],
    ]);
  });

  it("shows nothing of what the person may not read in the cluster, though Argo CD does", () => {
    const store = new ObjectStore();
    store.setKindState(ref, { state: "namespaces", namespaces: ["team-a"] });
    const { objects } = exactDiff([{ ref, target: settings({ a: "1" }), live: settings({ a: "2" }) }], {
      store,
      remote: false,
    });
    expect(objects).toEqual([
      { ref, change: "changed", exactness: "engine", note: "no permission to read ConfigMap in shop" },
    ]);
  });
});
