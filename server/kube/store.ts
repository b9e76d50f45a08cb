import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "./object.ts";

/** A group and kind, without a version. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** How well one kind is known in a cluster view. */
export type KindState =
  /** Watched; what the store has is what the cluster has. */
  | { readonly state: "synced" }
  /** Listed for the first time or again. */
  | { readonly state: "syncing" }
  /** The API server has no such kind. */
  | { readonly state: "absent" }
  /** This person may not list it anywhere. */
  | { readonly state: "forbidden" }
  /** Read only in these namespaces. */
  | { readonly state: "namespaces"; readonly namespaces: readonly string[] }
  /** The watch is down; the store holds what was known. */
  | { readonly state: "disconnected"; readonly message: string };

/** One object as the store keeps it: masked, without managed fields. */
export interface StoredObject {
  /** `resourceKey(ref)`. */
  readonly key: string;
  readonly ref: ResourceRef;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly object: KubeObject;
}

/** Read access to the objects of one cluster view; what the pure engines get. */
export interface StoreReader {
  /** The object of this key, if it is known. */
  get(key: string): StoredObject | undefined;
  /** All objects of a kind, in one namespace or in all. */
  list(kind: GroupKind, namespace?: string): Iterable<StoredObject>;
  /** The namespaces in which there are objects of a kind; "" for objects outside namespaces. */
  namespaces(kind: GroupKind): Iterable<string>;
  /** The objects whose `ownerReferences` name this uid. */
  children(uid: string): Iterable<StoredObject>;
  /** How well a kind is known. */
  kindState(kind: GroupKind): KindState;
}

/** A change of the store. `previous` is absent for new objects, `current` for deleted ones. */
export interface StoreChange {
  readonly key: string;
  readonly previous?: StoredObject;
  readonly current?: StoredObject;
}
