import { resourceKey } from "#lib/model/resource-ref.ts";
import type { ApiResource } from "./api-resource.ts";
import type { StoreEdit } from "./object-store.ts";
import { isRecord } from "./redaction/json.ts";
import type { StoredObject } from "./store.ts";

interface Known {
  readonly uid: string;
  readonly resourceVersion: string;
}

/**
 * What one reflector has put into the store. A list in progress puts objects at once and removes what it did not mention only when it
 * is complete: nothing flickers, and deletions that no watch saw are found.
 */
export class ReflectedSet {
  /** The store's own objects and keys: nothing is kept twice. */
  readonly #known = new Map<string, Known>();
  /** Keys that the list in progress has mentioned. */
  #mentioned: Set<string> | undefined;
  readonly #resource: Pick<ApiResource, "group" | "kind">;
  readonly #ingest: (raw: unknown) => StoredObject | undefined;

  constructor(resource: Pick<ApiResource, "group" | "kind">, ingest: (raw: unknown) => StoredObject | undefined) {
    this.#resource = resource;
    this.#ingest = ingest;
  }

  /** A list begins, or begins anew. */
  beginList(): void {
    this.#mentioned = new Set();
  }

  /** The list is complete: removes what it did not mention. */
  endList(): StoreEdit[] {
    const mentioned = this.#mentioned ?? new Set();
    this.#mentioned = undefined;
    return this.#remove([...this.#known.keys()].filter((key) => !mentioned.has(key)));
  }

  /** Everything goes: the kind is gone, or may not be read any more. */
  clear(): StoreEdit[] {
    this.#mentioned = undefined;
    return this.#remove([...this.#known.keys()]);
  }

  /** An object is there. Nothing to do when this version is known: it is not even masked again. */
  put(raw: unknown): StoreEdit | undefined {
    const identity = this.#identify(raw);
    if (!identity) return undefined;
    const { key, uid, resourceVersion } = identity;
    this.#mentioned?.add(key);
    const known = this.#known.get(key);
    if (known && known.uid === uid && known.resourceVersion === resourceVersion && resourceVersion !== "")
      return undefined;
    const object = this.#ingest(raw);
    if (!object) return undefined;
    this.#known.set(object.key, object);
    return { type: "put", object };
  }

  /** An object is gone. */
  remove(raw: unknown): StoreEdit | undefined {
    const identity = this.#identify(raw);
    if (!identity) return undefined;
    this.#mentioned?.delete(identity.key);
    if (!this.#known.delete(identity.key)) return undefined;
    return { type: "remove", key: identity.key, uid: identity.uid };
  }

  #remove(keys: readonly string[]): StoreEdit[] {
    return keys.map((key) => {
      const uid = this.#known.get(key)?.uid ?? "";
      this.#known.delete(key);
      return { type: "remove", key, uid };
    });
  }

  #identify(raw: unknown): (Known & { key: string }) | undefined {
    const metadata = isRecord(raw) ? raw["metadata"] : undefined;
    if (!isRecord(metadata) || typeof metadata["name"] !== "string") return undefined;
    const { name, namespace, uid, resourceVersion } = metadata;
    return {
      key: resourceKey({
        ...this.#resource,
        name,
        ...(typeof namespace === "string" && namespace !== "" ? { namespace } : {}),
      }),
      uid: typeof uid === "string" ? uid : "",
      resourceVersion: typeof resourceVersion === "string" ? resourceVersion : "",
    };
  }
}
