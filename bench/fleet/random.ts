/** A source of numbers that gives the same sequence for the same seed. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** One of these. */
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** Hexadecimal digits. */
  hex(length: number): string;
  /** Bytes that no compression makes smaller. */
  bytes(length: number): Buffer;
}

/** Mulberry32 over a hash (FNV-1a) of the seed: small, quick and good enough to make a fleet from. */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  const integer = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => integer() / 0x1_0000_0000;
  return {
    next,
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    hex(length) {
      let digits = "";
      while (digits.length < length) digits += integer().toString(16).padStart(8, "0");
      return digits.slice(0, length);
    },
    bytes(length) {
      const bytes = Buffer.alloc(length + 3);
      for (let offset = 0; offset < length; offset += 4) bytes.writeUInt32LE(integer(), Math.min(offset, length - 1));
      return bytes.subarray(0, length);
    },
  };
}
