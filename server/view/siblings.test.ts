import { expect, it } from "vitest";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { ObjectStore, toStored } from "#server/kube/object-store.ts";
import type { StoredObject } from "#server/kube/store.ts";
import { Sharing } from "#server/kube/sharing.ts";
import { shareParts, Siblings, type Knowledge } from "./siblings.ts";

function configMap(value: string, resourceVersion = "7"): StoredObject {
  const metadata = { name: "a", namespace: "n", uid: "u", resourceVersion };
  const stored = toStored({ apiVersion: "v1", kind: "ConfigMap", metadata, data: { value } });
  if (!stored) throw new Error("it has a name");
  return stored;
}

function knowing(object: StoredObject, state?: DesiredState): Knowledge {
  const store = new ObjectStore();
  store.apply([{ type: "put", object }]);
  return { store, desired: () => state };
}

function desired(...values: string[]): DesiredState {
  return { key: "k", objects: values.map((value) => ({ object: configMap(value).object })), exactness: "local" };
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

it("keeps equal parts of what is desired once, and leaves alone what is nested too deeply", () => {
  const state = shareParts(desired("x", "x"), new Sharing());
  expect(state).toEqual(desired("x", "x"));
  expect(state.objects[1]?.object).toBe(state.objects[0]?.object);
  const levels = 100_000;
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
  const hostile: DesiredState = { ...desired(), objects: [{ object: { ...configMap("x").object, deep } }] };
  expect(shareParts(hostile, new Sharing())).toBe(hostile);
});

it("shares what is desired object by object and changes nothing about it", () => {
  const siblings = new Siblings();
  const theirs = desired("x", "theirs");
  siblings.join("one", knowing(configMap("x"), theirs));
  const second = siblings.join("one", knowing(configMap("x")));
  const own = { ...desired("x", "own", "more"), error: "mine" };
  const state = second.shareDesired("unit", own);
  expect(state).toEqual(own);
  expect(state.objects[0]).toBe(theirs.objects[0]);
  expect(state.objects[1]).toBe(own.objects[1]);
});
