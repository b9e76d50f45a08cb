import { describe, expect, it } from "vitest";

import { cacheKey } from "./cache-key.ts";

describe("the key of a build", () => {
  it("is the same for the same inputs in another order", () => {
    expect(
      cacheKey([
        ["go.mod", "a"],
        ["go.sum", "b"],
      ]),
    ).toBe(
      cacheKey([
        ["go.sum", "b"],
        ["go.mod", "a"],
      ]),
    );
  });

  it("changes with any content and any name", () => {
    const key = cacheKey([["go.mod", "a"]]);
    expect(cacheKey([["go.mod", "b"]])).not.toBe(key);
    expect(cacheKey([["go.sum", "a"]])).not.toBe(key);
  });

  it("keeps neighbouring inputs apart", () => {
    expect(cacheKey([["ab", "c"]])).not.toBe(cacheKey([["a", "bc"]]));
  });

  it("is a short word that can name a folder", () => {
    expect(cacheKey([["go.mod", "a"]])).toMatch(/^[0-9a-f]{16}$/);
  });
});
