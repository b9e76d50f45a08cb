import { describe, expect, it } from "vitest";
import { containerOf, lastLines } from "./cause.ts";

describe("the container of a cause", () => {
  it("is named before the colon", () => {
    expect(containerOf("recommendations-worker/worker: CrashLoopBackOff, exit 1, restarted 28 times")).toBe("worker");
  });

  it("is unknown where a message names none", () => {
    expect(containerOf("waits for flux-system/billing, which is not ready")).toBeUndefined();
    expect(containerOf("Deployment/checkout differs")).toBeUndefined();
    expect(containerOf(undefined)).toBeUndefined();
  });
});

describe("the last lines", () => {
  it("are the last ones, whatever the pieces that they came in", () => {
    expect(lastLines(["a\nb", "b\nc", "\n"], 2)).toEqual(["bb", "c"]);
  });

  it("are none of an empty log", () => {
    expect(lastLines([], 5)).toEqual([]);
  });
});
