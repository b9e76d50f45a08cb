import { parseApiVersion, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "./object.ts";
import type { GroupKind, KindState, StoreChange, StoredObject, StoreReader } from "./store.ts";

/** One edit of the store, as reflectors make them. */
export type StoreEdit =
  | { readonly type: "put"; readonly object: StoredObject }
  /** With a uid, only that incarnation is removed. */
  | { readonly type: "remove"; readonly key: string; readonly uid?: string };

const syncing: KindState = { state: "syncing" };

/**
 * The store's form of a masked object; undefined when it lacks a kind or a name.
 *
 * @param known what its `apiVersion` says, where that is known: thousands of objects have the same two texts then
 */
export function toStored(object: KubeObject, known?: Pick<ResourceRef, "group" | "version">): StoredObject | undefined {
  const { metadata, kind, apiVersion } = object;
  if (typeof kind !== "string" || typeof apiVersion !== "string" || typeof metadata?.name !== "string")
    return undefined;
  const { group, version } = known ?? parseApiVersion(apiVersion);
  const ref: ResourceRef = {
    group,
    version,
    kind,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    name: metadata.name,
  };
  return {
    key: resourceKey(ref),
    ref,
    uid: metadata.uid ?? "",
    resourceVersion: metadata.resourceVersion ?? "",
    object,
  };
}

/** The objects of one cluster view, indexed by kind and namespace and by owner. Changes are announced once for each batch. */
export class ObjectStore implements StoreReader {
  readonly #objects = new Map<string, StoredObject>();
  readonly #kinds = new Map<string, Map<string, Map<string, StoredObject>>>();
  readonly #children = new Map<string, Map<string, StoredObject>>();
  readonly #states = new Map<string, KindState>();
  readonly #listeners = new Set<(changes: readonly StoreChange[]) => void>();

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  *list(kind: GroupKind, namespace?: string): Iterable<StoredObject> {
    const namespaces = this.#kinds.get(kindKey(kind));
    if (!namespaces) return;
    if (namespace !== undefined) {
      yield* namespaces.get(namespace)?.values() ?? [];
      return;
    }
    for (const objects of namespaces.values()) yield* objects.values();
  }

  *namespaces(kind: GroupKind): Iterable<string> {
    yield* this.#kinds.get(kindKey(kind))?.keys() ?? [];
  }

  *children(uid: string): Iterable<StoredObject> {
    yield* this.#children.get(uid)?.values() ?? [];
  }

  kindState(kind: GroupKind): KindState {
    return this.#states.get(kindKey(kind)) ?? syncing;
  }

  /** Says how well a kind is known from now on; it is `syncing` until somebody says otherwise. */
  setKindState(kind: GroupKind, state: KindState): void {
    this.#states.set(kindKey(kind), state);
  }

  /** How many objects there are. */
  get size(): number {
    return this.#objects.size;
  }

  /** Makes these edits and announces what they changed; an object with the same uid and resourceVersion is no change. */
  apply(edits: Iterable<StoreEdit>): StoreChange[] {
    const changes = new Map<string, StoreChange>();
    for (const edit of edits) {
      const key = edit.type === "put" ? edit.object.key : edit.key;
      const previous = this.#objects.get(key);
      if (edit.type === "put") {
        if (previous && sameVersion(previous, edit.object)) continue;
        if (previous) this.#forget(previous);
        this.#remember(edit.object);
      } else {
        if (!previous || (edit.uid !== undefined && edit.uid !== previous.uid)) continue;
        this.#forget(previous);
      }
      const first = changes.get(key);
      const before = first ? first.previous : previous;
      const current = this.#objects.get(key);
      changes.delete(key);
      if (before || current) {
        changes.set(key, { key, ...(before ? { previous: before } : {}), ...(current ? { current } : {}) });
      }
    }
    const list = [...changes.values()];
    if (list.length > 0) for (const listener of Array.from(this.#listeners)) listener(list);
    return list;
  }

  /** Makes these the only objects of a kind (in one namespace, if given): what is not among them is removed. */
  replace(kind: GroupKind, namespace: string | undefined, objects: Iterable<StoredObject>): StoreChange[] {
    const edits: StoreEdit[] = [];
    const kept = new Set<string>();
    for (const object of objects) {
      kept.add(object.key);
      edits.push({ type: "put", object });
    }
    for (const { key } of this.list(kind, namespace)) if (!kept.has(key)) edits.push({ type: "remove", key });
    return this.apply(edits);
  }

  /** Called with the changes of each batch, after the store has them. Returns the unsubscriber. */
  subscribe(listener: (changes: readonly StoreChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #remember(stored: StoredObject): void {
    this.#objects.set(stored.key, stored);
    const kind = kindKey(stored.ref);
    const namespaces = getOrAdd(this.#kinds, kind, () => new Map<string, Map<string, StoredObject>>());
    getOrAdd(namespaces, stored.ref.namespace ?? "", () => new Map<string, StoredObject>()).set(stored.key, stored);
    for (const owner of stored.object.metadata.ownerReferences ?? []) {
      getOrAdd(this.#children, owner.uid, () => new Map<string, StoredObject>()).set(stored.key, stored);
    }
  }

  #forget(stored: StoredObject): void {
    this.#objects.delete(stored.key);
    const kind = kindKey(stored.ref);
    const namespace = stored.ref.namespace ?? "";
    const namespaces = this.#kinds.get(kind);
    const objects = namespaces?.get(namespace);
    objects?.delete(stored.key);
    if (objects?.size === 0) namespaces?.delete(namespace);
    if (namespaces?.size === 0) this.#kinds.delete(kind);
    for (const owner of stored.object.metadata.ownerReferences ?? []) {
      const siblings = this.#children.get(owner.uid);
      siblings?.delete(stored.key);
      if (siblings?.size === 0) this.#children.delete(owner.uid);
    }
  }
}

function kindKey(kind: GroupKind): string {
  return `${kind.group}/${kind.kind}`;
}

function sameVersion(a: StoredObject, b: StoredObject): boolean {
  return a.uid === b.uid && a.resourceVersion === b.resourceVersion && a.resourceVersion !== "";
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
