import { describe, expect, it } from "vitest";

import { formatVersion, isAtLeast, parseVersion } from "./versions.ts";

describe("versions", () => {
  it("are found in what programs print", () => {
    expect(parseVersion("go version go1.26.8 linux/amd64")).toEqual([1, 26, 8]);
    expect(parseVersion("git version 2.39.5 (Apple Git-154)")).toEqual([2, 39, 5]);
    expect(parseVersion("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0")).toEqual([7, 0, 15]);
    expect(parseVersion("command not found")).toBeUndefined();
  });

  it("compare number by number, not letter by letter", () => {
    expect(isAtLeast([1, 26, 8], [1, 26])).toBe(true);
    expect(isAtLeast([1, 9], [1, 26])).toBe(false);
    expect(isAtLeast([2, 0], [1, 26])).toBe(true);
  });

  it("count a missing part as zero", () => {
    expect(isAtLeast([6], [6, 0, 0])).toBe(true);
    expect(isAtLeast([6], [6, 0, 1])).toBe(false);
  });

  it("are written with dots", () => {
    expect(formatVersion([1, 26])).toBe("1.26");
  });
});
