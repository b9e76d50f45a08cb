import type { EngineIo } from "./io.ts";

/** A bounded map that forgets what was not used for longest. */
export class RecentMap<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}

/**
 * Makes one cache for each client, which is one person in one cluster: nothing is shared between identities, while a view and the actions
 * on it know the same.
 */
export function cachePerIo<Value>(limit: number): (io: Pick<EngineIo, "client">) => RecentMap<Value> {
  const caches = new WeakMap<EngineIo["client"], RecentMap<Value>>();
  return ({ client }) => {
    let cache = caches.get(client);
    if (!cache) {
      cache = new RecentMap(limit);
      caches.set(client, cache);
    }
    return cache;
  };
}
