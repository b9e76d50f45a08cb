import { describe, expect, it } from "vitest";

import { estimateProgress, formatTimeLeft } from "./progress.ts";

describe("the estimate of a build", () => {
  it("begins at nothing with the whole time left", () => {
    const estimate = estimateProgress([{ weight: 60 }, { weight: 40 }], 0);
    expect(estimate).toEqual({ fraction: 0, secondsLeft: 100 });
  });

  it("ends with everything done and no time left", () => {
    expect(estimateProgress([{ weight: 60, seconds: 50 }], 0)).toEqual({ fraction: 1, secondsLeft: 0 });
  });

  it("counts the running step by its time", () => {
    expect(estimateProgress([{ weight: 60 }, { weight: 40 }], 30).fraction).toBeCloseTo(0.3);
  });

  it("learns a machine's speed from the finished steps", () => {
    const slow = estimateProgress([{ weight: 100, seconds: 200 }, { weight: 100 }], 0);
    const fast = estimateProgress([{ weight: 100, seconds: 50 }, { weight: 100 }], 0);
    expect(slow.secondsLeft).toBeGreaterThan(150);
    expect(fast.secondsLeft).toBeLessThan(75);
  });

  it("never says that a step is over before it is, however late", () => {
    const steps = [{ weight: 10 }, { weight: 10 }];
    const estimates = [5, 9, 10, 20, 100, 1000].map((running) => estimateProgress(steps, running).fraction);
    expect(estimates).toEqual(estimates.toSorted((a, b) => a - b));
    expect(Math.max(...estimates)).toBeLessThan(0.5);
  });

  it("is told in round numbers", () => {
    expect(formatTimeLeft(790)).toBe("about 13 min");
    expect(formatTimeLeft(88)).toBe("about 90 s");
    expect(formatTimeLeft(1)).toBe("about 5 s");
  });
});
