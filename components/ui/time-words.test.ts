import { describe, expect, it } from "vitest";
import { spanWords } from "./time-words.ts";

describe("spanWords", () => {
  it("uses the largest unit that fits", () => {
    expect(spanWords(59_000)).toBe("59 s");
    expect(spanWords(4 * 60_000)).toBe("4 min");
    expect(spanWords(2 * 3_600_000)).toBe("2 h");
    expect(spanWords(3 * 86_400_000)).toBe("3 d");
    expect(spanWords(20 * 86_400_000)).toBe("2 wk");
    expect(spanWords(100 * 86_400_000)).toBe("3 mo");
    expect(spanWords(800 * 86_400_000)).toBe("2 y");
  });
  it("reads a time slightly in the future as now", () => expect(spanWords(-3000)).toBe("now"));
});
