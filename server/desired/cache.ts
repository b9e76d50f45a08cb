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

/** Makes one cache for each {@link EngineIo}, which is one person in one cluster: nothing is shared between identities. */
export function cachePerIo<Value>(limit: number): (io: EngineIo) => RecentMap<Value> {
  const caches = new WeakMap<EngineIo, RecentMap<Value>>();
  return (io) => {
    let cache = caches.get(io);
    if (!cache) {
      cache = new RecentMap(limit);
      caches.set(io, cache);
    }
    return cache;
  };
}
