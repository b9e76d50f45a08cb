/** Places of each table; a power of two. Lists come sorted, so that what repeats comes close together and little room is enough. */
const size = 2048;
/** Strings that are longer are rarely the same twice. */
const longestString = 100;

/**
 * Makes equal parts of objects one part in memory: ten thousand Deployments have the same probes, labels and words, and what JSON.parse makes has all of them anew.
 * What it is given belongs to it and may be changed in place; what it returns is shared and must not be changed.
 *
 * Two tables in which each value has one place, by its hash, and whoever comes last keeps it: bounded, and no key is ever built. What was
 * pushed out is merely not shared any more.
 */
export class Sharing {
  readonly #strings: (string | undefined)[] = Array.from({ length: size });
  readonly #parts: (object | undefined)[] = Array.from({ length: size });
  /** Of the value that was shared last. */
  #hash = 0;

  /** An equal value whose equal parts are one. */
  share<T>(value: T): T;
  share(value: unknown): unknown {
    if (typeof value === "string") return this.#string(value);
    if (typeof value === "object" && value !== null)
      return Array.isArray(value) ? this.#array(value) : this.#record(value as Record<string, unknown>);
    this.#hash = typeof value === "number" ? value | 0 : value === true ? 3 : value === false ? 5 : 7;
    return value;
  }

  #string(value: string): string {
    const { length } = value;
    // A few letters are enough to find the place; whether it is the same string is looked at there.
    let hash = length;
    const step = length > 16 ? 5 : 1;
    for (let index = length - 1; index >= 0; index -= step) hash = mix(hash, value.charCodeAt(index));
    this.#hash = hash;
    if (length > longestString) return value;
    const place = placeOf(hash);
    const known = this.#strings[place];
    if (known === value) return known;
    this.#strings[place] = value;
    return value;
  }

  #array(items: unknown[]): unknown[] {
    let hash = items.length;
    for (let index = 0; index < items.length; index += 1) {
      items[index] = this.share(items[index]);
      hash = mix(hash, this.#hash);
    }
    this.#hash = hash;
    const place = placeOf(hash);
    const known = this.#parts[place];
    if (Array.isArray(known) && sameItems(known, items)) return known;
    this.#parts[place] = items;
    return items;
  }

  #record(record: Record<string, unknown>): object {
    let hash = 11;
    for (const name in record) {
      record[name] = this.share(record[name]);
      hash = mix(mix(hash, name.length), this.#hash);
    }
    this.#hash = hash;
    const place = placeOf(hash);
    const known = this.#parts[place];
    if (known !== undefined && !Array.isArray(known) && sameFields(known as Record<string, unknown>, record))
      return known;
    this.#parts[place] = record;
    return record;
  }
}

function mix(hash: number, next: number): number {
  return Math.imul(hash ^ next, 0x01000193) ^ (hash >>> 15);
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (size - 1);
}

/** Parts of both are shared already: the same ones are equal, and others are taken for different. */
function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  return other.every((item, index) => Object.is(one[index], item));
}

function sameFields(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  let fields = 0;
  for (const name in other) {
    if (!Object.is(one[name], other[name]) || !Object.hasOwn(one, name)) return false;
    fields += 1;
  }
  for (const _name in one) fields -= 1;
  return fields === 0;
}
