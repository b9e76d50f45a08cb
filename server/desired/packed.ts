import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * A value of JSON that is rarely looked at: kept deflated, at about a twentieth of its size in memory, and unpacked when it is asked for. As long as somebody holds what was unpacked, it is
 * not unpacked again. What it gives out is shared and must not be changed.
 */
export class Packed<T extends object> {
  /** Characters of JSON that it unpacks to. */
  readonly length: number;
  readonly #bytes: Uint8Array;
  #live: WeakRef<T>;

  /** @throws RangeError for what is nested too deeply for `JSON.stringify` */
  constructor(value: T) {
    const json = JSON.stringify(value);
    this.length = json.length;
    // A copy: what zlib returns is the beginning of 16 KiB that would be kept with it.
    this.#bytes = Uint8Array.from(deflateRawSync(json, { level: 1 }));
    this.#live = new WeakRef(value);
  }

  /** Bytes that it takes. */
  get size(): number {
    return this.#bytes.length;
  }

  /** The value, equal to what was packed. */
  get value(): T {
    let value = this.#live.deref();
    if (value === undefined) {
      value = JSON.parse(inflateRawSync(this.#bytes).toString("utf8")) as T;
      this.#live = new WeakRef(value);
    }
    return value;
  }

  /** Whether the other one holds the same. */
  equals(other: Packed<T>): boolean {
    return Buffer.compare(this.#bytes, other.#bytes) === 0;
  }
}
