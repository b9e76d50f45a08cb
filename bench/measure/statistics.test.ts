import { describe, expect, it } from "vitest";
import { renderTable } from "./report.ts";
import { summarize } from "./statistics.ts";

describe("a summary", () => {
  it("has the median, the smallest and the largest", () => {
    expect(summarize([3, 1, 2])).toEqual({ median: 2, minimum: 1, maximum: 3, count: 3 });
    expect(summarize([4, 1])).toEqual({ median: 4, minimum: 1, maximum: 4, count: 2 });
  });

  it("is not made of nothing", () => {
    expect(() => summarize([])).toThrow(RangeError);
  });

  it("says in the table whether the median is what was wanted", () => {
    const table = renderTable([
      { what: "a", unit: "ms", values: [10, 90, 20], wanted: 50 },
      { what: "b", unit: "MiB", values: [300], wanted: 220, floor: "154 MiB" },
    ]);
    expect(table).toContain("| a | 20 ms | 10 ms | 90 ms | 3 | 50 ms ✓ |");
    expect(table).toContain("| b | 300 MiB | 300 MiB | 300 MiB | 1 | 220 MiB ✗ | 154 MiB |");
  });
});
