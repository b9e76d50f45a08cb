import { describe, expect, it } from "vitest";
import { parseQuantity } from "./quantity.ts";

describe("parseQuantity", () => {
  it.each([
    ["1000m", "1"],
    ["1", 1],
    ["0.5", "500m"],
    ["1Gi", "1024Mi"],
    ["1e3", "1k"],
    ["1.5Gi", "1536Mi"],
    ["100n", "0.1u"],
    ["-1", "-1000m"],
    [".5", "0.50"],
  ])("%s is %s", (a, b) => {
    expect(parseQuantity(a)).toBeDefined();
    expect(parseQuantity(a)).toBe(parseQuantity(b));
  });

  it.each(["1G", "abc", "", "1 Gi", "5m30s", "1e999999", null, {}, "9".repeat(100)])("%s is not 1Gi", (value) => {
    expect(parseQuantity(value)).not.toBe(parseQuantity("1Gi"));
  });
});
