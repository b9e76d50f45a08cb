/** One place where a secret value was seen. */
export interface Leak {
  readonly value: string;
  readonly where: string;
}

/**
 * Looks for planted values in streams of bytes, in every form that an encoding makes of them: plain, base64 at each of its three offsets,
 * hexadecimal, and with the escapes of JSON and of URLs.
 */
export class LeakScanner {
  readonly #needles: readonly { value: string; bytes: Buffer }[];
  readonly #longest: number;
  readonly leaks: Leak[] = [];
  /** Bytes and bodies that were looked at. */
  bytes = 0;
  bodies = 0;

  constructor(values: readonly string[]) {
    this.#needles = values.flatMap((value) => forms(value).map((form) => ({ value, bytes: Buffer.from(form) })));
    this.#longest = Math.max(1, ...this.#needles.map(({ bytes }) => bytes.length));
  }

  /** A scanner of one body; chunks may cut a value anywhere. */
  body(where: string): (chunk: Uint8Array) => void {
    this.bodies += 1;
    let tail = Buffer.alloc(0);
    const seen = new Set<string>();
    return (chunk) => {
      this.bytes += chunk.length;
      const text = Buffer.concat([tail, chunk]);
      for (const { value, bytes } of this.#needles) {
        if (seen.has(value) || !text.includes(bytes)) continue;
        seen.add(value);
        this.leaks.push({ value, where });
      }
      tail = text.subarray(Math.max(0, text.length - this.#longest + 1));
    };
  }
}

function forms(value: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from("\0".repeat(offset) + value).toString("base64");
    // The characters at both ends also carry bits of their neighbours.
    return encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - 4);
  });
  const all = [
    value,
    ...base64,
    Buffer.from(value).toString("hex"),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
  ];
  return [...new Set(all)];
}
