import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KubeError } from "#server/kube/client.ts";
import { KindDiscovery } from "./kind-discovery.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A discovery whose answers the test gives, and when it was asked, in milliseconds from the start. */
function asked(answer: () => boolean | Error) {
  const start = Date.now();
  const times: number[] = [];
  const told: string[] = [];
  const kinds = new KindDiscovery({
    discovery: {
      refresh: () => {
        times.push(Date.now() - start);
        const given = answer();
        return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
      },
    },
    defined: () => [],
    onKnown: () => void told.push("known"),
    onLost: (message) => void told.push(message),
  });
  return { kinds, times, told };
}

describe("a discovery of kinds", () => {
  it("asks until an API server that can't be reached answers, and tells once that the kinds are known", async () => {
    let there = false;
    const { kinds, times, told } = asked(() => there || new KubeError(0, "Unreachable", "no answer"));
    await kinds.ask();
    await vi.advanceTimersByTimeAsync(4_500);
    there = true;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(times).toEqual([0, 2_000, 4_000, 6_000]);
    expect(told).toEqual(["no answer", "no answer", "no answer", "known"]);
  });

  it("goes on asking an API server that does not serve all that is defined, ever more rarely, until it does", async () => {
    let complete = false;
    const { kinds, times, told } = asked(() => complete);
    await kinds.ask();
    expect(told).toEqual(["known"]);
    await vi.advanceTimersByTimeAsync(600_000);
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(pauses[0]).toBeLessThanOrEqual(2_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
    expect(times.length).toBeLessThan(60);
    complete = true;
    await vi.advanceTimersByTimeAsync(30_000);
    const until = times.length;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(times.length).toBe(until);
    expect(told).toEqual(["known"]);
  });

  it("asks soon after the definitions have changed, also while it waits long for one that is never served", async () => {
    const { kinds, times } = asked(() => false);
    await kinds.ask();
    await vi.advanceTimersByTimeAsync(300_000);
    const before = times.length;
    const changedAt = 300_000;
    kinds.changed();
    await vi.advanceTimersByTimeAsync(16_000);
    const since = times.slice(before).map((time) => time - changedAt);
    expect(since[0]).toBeLessThanOrEqual(500);
    expect(since.length).toBeGreaterThanOrEqual(4);
  });

  it("asks nothing any more once it is closed", async () => {
    const { kinds, times } = asked(() => false);
    await kinds.ask();
    kinds.changed();
    kinds.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(times).toEqual([0]);
  });
});
