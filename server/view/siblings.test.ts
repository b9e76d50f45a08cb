import { expect, it } from "vitest";
import type { Application } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { packState } from "#server/desired/pack-state.ts";
import { ObjectStore, toStored } from "#server/kube/object-store.ts";
import type { StoredObject } from "#server/kube/store.ts";
import { Siblings, type Knowledge } from "./siblings.ts";

function configMap(value: string, resourceVersion = "7"): StoredObject {
  const metadata = { name: "a", namespace: "n", uid: "u", resourceVersion };
  const stored = toStored({ apiVersion: "v1", kind: "ConfigMap", metadata, data: { value } });
  if (!stored) throw new Error("it has a name");
  return stored;
}

function knowing(object: StoredObject, state?: DesiredState, row?: Application): Knowledge {
  const store = new ObjectStore();
  store.apply([{ type: "put", object }]);
  return { store, desired: () => state, application: () => row };
}

function desired(...values: string[]): DesiredState {
  return { key: "k", objects: values.map((value) => ({ object: configMap(value).object })), exactness: "local" };
}

function row(status: HealthStatus): Application {
  const id = { cluster: "c", engine: "helm", namespace: "n", name: "a", uid: "u" } as const;
  const known = { revision: {}, sources: [], resources: {}, reasons: [], suspended: false };
  return { ...id, ...known, health: { status }, sync: { status: "Synced" }, drift: { status: "None", count: 0 } };
}

it("finds the equal object of another view of the same cluster", () => {
  const siblings = new Siblings();
  const known = configMap("x");
  siblings.join("one", knowing(known));
  const second = siblings.join("one", knowing(configMap("x")));
  expect(second.any).toBe(true);
  expect(second.twinOf(configMap("x"))).toBe(known);
});

it("takes nothing that differs, whatever its version says, and nothing of another version or cluster", () => {
  const siblings = new Siblings();
  siblings.join("one", knowing(configMap("what only the first may see")));
  const second = siblings.join("one", knowing(configMap("x")));
  expect(second.twinOf(configMap("x"))).toBeUndefined();
  expect(second.twinOf(configMap("what only the first may see", "8"))).toBeUndefined();
  const elsewhere = siblings.join("two", knowing(configMap("x")));
  expect(elsewhere.any).toBe(false);
  expect(elsewhere.twinOf(configMap("x"))).toBeUndefined();
});

it("keeps nothing of a view that has ended", () => {
  const siblings = new Siblings();
  const first = siblings.join("one", knowing(configMap("x")));
  const second = siblings.join("one", knowing(configMap("x")));
  first.leave();
  expect(second.any).toBe(false);
  expect(second.twinOf(configMap("x"))).toBeUndefined();
});

it("keeps equal desired states once, and what differs apart", () => {
  const siblings = new Siblings();
  const theirs = packState(desired("x"));
  siblings.join("one", knowing(configMap("x"), theirs));
  const second = siblings.join("one", knowing(configMap("x")));
  const same = packState({ ...desired("x"), error: "mine" }, second.desired("unit"));
  expect(same).toEqual({ ...desired("x"), error: "mine" });
  expect(same.objects).toBe(theirs.objects);
  const other = packState(desired("own"), second.desired("unit"));
  expect(other).toEqual(desired("own"));
});

it("keeps equal rows once, and what differs apart", () => {
  const siblings = new Siblings();
  const theirs = row("Healthy");
  siblings.join("one", knowing(configMap("x"), undefined, theirs));
  const second = siblings.join("one", knowing(configMap("x")));
  expect(second.shareRow("unit", row("Healthy"))).toBe(theirs);
  const own = row("Degraded");
  expect(second.shareRow("unit", own)).toBe(own);
});
