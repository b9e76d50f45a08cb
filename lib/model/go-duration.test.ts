import { describe, expect, it } from "vitest";
import { goSeconds } from "./go-duration.ts";

describe("goSeconds", () => {
  it.each([
    ["1m2.5s", 62.5],
    ["482.5ms", 0.4825],
    ["1h0m0s", 3600],
    ["250µs", 0.00025],
    ["0s", 0],
  ])("reads %s", (text, seconds) => expect(goSeconds(text)).toBeCloseTo(seconds, 6));

  it.each(["", "5", "fast", "1m and more", "-1s"])("knows that %j is no duration", (text) =>
    expect(goSeconds(text)).toBeUndefined(),
  );
});
