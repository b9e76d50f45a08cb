import { createHash } from "node:crypto";

/** One input of a build: a file's name and content, or a setting. */
export type CacheInput = readonly [name: string, content: string];

/**
 * Key under which a build is cached: the same inputs give the same key in any order, and no two different
 * lists of inputs run together (each part is preceded by its length).
 */
export function cacheKey(inputs: readonly CacheInput[]): string {
  const hash = createHash("sha256");
  const sorted = inputs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const part of sorted.flat()) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest("hex").slice(0, 16);
}
