import { describe, expect, it } from "vitest";
import { Refusals } from "./refusals.ts";

describe("refusals", () => {
  it("of a person's rights count after a moment where the API server was there all the time", () => {
    const refusals = new Refusals();
    expect(refusals.remaining(403, 1_000)).toBe(1_500);
    expect(refusals.remaining(403, 2_500)).toBe(0);
  });

  it("count later after a lost connection: the API server may just have started", () => {
    const refusals = new Refusals();
    refusals.lost(1_000);
    expect(refusals.remaining(403, 2_000)).toBe(10_000);
    expect(refusals.remaining(403, 12_000)).toBe(0);
    refusals.ended();
    expect(refusals.remaining(403, 61_000)).toBe(1_500);
  });

  it("begin anew after another answer", () => {
    const refusals = new Refusals();
    expect(refusals.remaining(404, 1_000)).toBe(10_000);
    refusals.ended();
    expect(refusals.remaining(404, 5_000)).toBe(10_000);
  });
});
