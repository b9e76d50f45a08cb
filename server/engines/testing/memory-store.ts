import { parseApiVersion, resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { GroupKind, KindState, StoredObject, StoreReader } from "#server/kube/store.ts";

/** An object as a test writes it. */
export type Sketch = {
  apiVersion: string;
  kind: string;
  metadata: { name: string } & Record<string, unknown>;
} & Record<string, unknown>;

/** Stores a sketch the way the object store does. */
export function stored(sketch: Sketch): StoredObject {
  const object = sketch as unknown as KubeObject;
  const { group, version } = parseApiVersion(object.apiVersion);
  const {
    name,
    namespace,
    uid = `uid-${object.kind}-${object.metadata.name}`,
    resourceVersion = "1",
  } = object.metadata;
  const ref = { group, version, kind: object.kind, ...(namespace !== undefined && { namespace }), name };
  return {
    key: resourceKey(ref),
    ref,
    uid,
    resourceVersion,
    object: { ...object, metadata: { ...object.metadata, uid, resourceVersion } },
  };
}

/** A store with these objects alone, for the readers' tests. Kinds are synced unless `states` (by `group/kind`) says otherwise. */
export function memoryStore(
  sketches: readonly Sketch[],
  states: Readonly<Record<string, KindState>> = {},
): StoreReader {
  const objects = new Map(sketches.map((sketch) => stored(sketch)).map((entry) => [entry.key, entry]));
  return {
    get: (key) => objects.get(key),
    *list(kind: GroupKind, namespace?: string) {
      for (const entry of objects.values()) {
        if (
          entry.ref.group === kind.group &&
          entry.ref.kind === kind.kind &&
          (namespace === undefined || entry.ref.namespace === namespace)
        )
          yield entry;
      }
    },
    namespaces: ({ group, kind }: GroupKind) =>
      new Set(
        [...objects.values()]
          .filter(({ ref }) => ref.group === group && ref.kind === kind)
          .map(({ ref }) => ref.namespace ?? ""),
      ),
    *children(uid: string) {
      for (const entry of objects.values()) {
        if (entry.object.metadata.ownerReferences?.some((owner) => owner.uid === uid) === true) yield entry;
      }
    },
    kindState: ({ group, kind }) => states[`${group}/${kind}`] ?? { state: "synced" },
  };
}
