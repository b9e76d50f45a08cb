import { expect, it } from "vitest";
import { parseInterval, shortInterval } from "./flux-source.ts";

it("an interval of Go is read in milliseconds, and nonsense is none", () => {
  expect(["1m0s", "1h30m", "1.5s", "250ms", "24h0m0s"].map(parseInterval)).toEqual([
    60_000, 5_400_000, 1500, 250, 86_400_000,
  ]);
  expect(["", "soon", "5", "-1m"].map(parseInterval)).toEqual([undefined, undefined, undefined, undefined]);
});

it("an interval is shown without its zeros", () => {
  expect(["24h0m0s", "1m0s", "10m", "1h0m30s", "100ms", "0s", "20s"].map(shortInterval)).toEqual([
    "24h",
    "1m",
    "10m",
    "1h30s",
    "100ms",
    "0s",
    "20s",
  ]);
});
