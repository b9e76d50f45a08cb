import { describe, expect, it } from "vitest";
import type { KubeObject } from "./object.ts";
import { ObjectStore, toStored } from "./object-store.ts";
import type { StoreChange, StoredObject } from "./store.ts";

const pods = { group: "", kind: "Pod" };

function stored(name: string, version: number, fields: Partial<KubeObject["metadata"]> = {}): StoredObject {
  const object = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "n", uid: `u-${name}`, resourceVersion: String(version), ...fields },
  };
  const made = toStored(object);
  if (!made) throw new Error("no object");
  return made;
}

const names = (objects: Iterable<StoredObject>): string[] => [...objects].map(({ ref }) => ref.name);

describe("the object store", () => {
  it("finds objects by key, by kind and namespace, and by owner", () => {
    const store = new ObjectStore();
    const owned = stored("a", 1, {
      ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "rs", uid: "owner" }],
    });
    store.apply([
      { type: "put", object: owned },
      { type: "put", object: stored("b", 1, { namespace: "m" }) },
    ]);
    expect(store.get("/Pod/n/a")).toBe(owned);
    expect(names(store.list(pods))).toEqual(["a", "b"]);
    expect(names(store.list(pods, "m"))).toEqual(["b"]);
    expect(names(store.list({ group: "x", kind: "Pod" }))).toEqual([]);
    expect(names(store.children("owner"))).toEqual(["a"]);
    expect([...store.namespaces(pods)]).toEqual(["n", "m"]);
    store.apply([{ type: "remove", key: "/Pod/n/a" }]);
    expect([...store.namespaces(pods)]).toEqual(["m"]);
  });

  it("forgets an owner that an object no longer names", () => {
    const store = new ObjectStore();
    const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "rs", uid: "owner" };
    store.apply([{ type: "put", object: stored("a", 1, { ownerReferences: [owner] }) }]);
    store.apply([{ type: "put", object: stored("a", 2) }]);
    expect(names(store.children("owner"))).toEqual([]);
  });

  it("announces each batch once, with what was and what is", () => {
    const store = new ObjectStore();
    const batches: (readonly StoreChange[])[] = [];
    const end = store.subscribe((changes) => void batches.push(changes));
    const [one, two] = [stored("a", 1), stored("a", 2)];
    store.apply([{ type: "put", object: one }]);
    store.apply([
      { type: "put", object: two },
      { type: "put", object: stored("b", 1) },
      { type: "remove", key: "/Pod/n/b" },
    ]);
    store.apply([{ type: "remove", key: "/Pod/n/a", uid: "u-a" }]);
    end();
    store.apply([{ type: "put", object: one }]);
    expect(batches).toEqual([
      [{ key: "/Pod/n/a", current: one }],
      [{ key: "/Pod/n/a", previous: one, current: two }],
      [{ key: "/Pod/n/a", previous: two }],
    ]);
  });

  it("takes the same uid and version for no change, and does not announce it", () => {
    const store = new ObjectStore();
    store.apply([{ type: "put", object: stored("a", 1) }]);
    let announced = 0;
    store.subscribe(() => void announced++);
    expect(store.apply([{ type: "put", object: stored("a", 1) }])).toEqual([]);
    expect(store.apply([{ type: "put", object: stored("a", 1, { uid: "another" }) }])).toHaveLength(1);
    expect(announced).toBe(1);
  });

  it("does not remove a successor of the same name", () => {
    const store = new ObjectStore();
    store.apply([{ type: "put", object: stored("a", 2, { uid: "new" }) }]);
    expect(store.apply([{ type: "remove", key: "/Pod/n/a", uid: "old" }])).toEqual([]);
    expect(store.size).toBe(1);
  });

  it("replaces the objects of one kind in one namespace alone", () => {
    const store = new ObjectStore();
    store.apply(["a", "b"].map((name) => ({ type: "put", object: stored(name, 1) })));
    store.apply([{ type: "put", object: stored("c", 1, { namespace: "m" }) }]);
    const changes = store.replace(pods, "n", [stored("b", 1), stored("d", 1)]);
    expect(changes.map(({ key, current }) => `${current ? "+" : "-"}${key}`)).toEqual(["+/Pod/n/d", "-/Pod/n/a"]);
    expect(names(store.list(pods)).sort()).toEqual(["b", "c", "d"]);
  });

  it("knows every kind as syncing until told otherwise", () => {
    const store = new ObjectStore();
    expect(store.kindState(pods)).toEqual({ state: "syncing" });
    store.setKindState(pods, { state: "forbidden" });
    expect(store.kindState(pods)).toEqual({ state: "forbidden" });
  });
});
