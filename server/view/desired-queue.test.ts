import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { DesiredQueue } from "./desired-queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup(load: (unit: string) => Promise<DesiredState | undefined>) {
  const loaded: string[] = [];
  const queue = new DesiredQueue({
    load,
    onLoaded: (unit, { key, error }) => loaded.push(`${unit} ${key}${error ? " failed" : ""}`),
    concurrency: 2,
    retryAfter: 100,
  });
  queue.start();
  return { queue, loaded };
}

const state = (key: string, error?: string): DesiredState => ({
  key,
  objects: [],
  exactness: "local",
  ...(error !== undefined && { error }),
});

describe("DesiredQueue", () => {
  it("loads nothing before it is started, and then what was wanted", async () => {
    const load = vi.fn(async () => state("1"));
    const queue = new DesiredQueue({ load, onLoaded: () => undefined });
    queue.want("a", "1");
    await vi.runAllTimersAsync();
    expect(load).not.toHaveBeenCalled();
    queue.start();
    await vi.runAllTimersAsync();
    expect(load).toHaveBeenCalledOnce();
  });

  it("lets what takes its time wait until nothing else is left", async () => {
    const order: string[] = [];
    const queue = new DesiredQueue({
      load: async (unit) => {
        order.push(unit);
        return state("1");
      },
      onLoaded: () => undefined,
      isSlow: (unit) => unit.startsWith("build"),
      concurrency: 1,
    });
    for (const unit of ["build a", "read a", "build b", "read b"]) queue.want(unit, "1");
    queue.delete("build b");
    queue.start();
    await vi.runAllTimersAsync();
    expect(order).toEqual(["read a", "read b", "build a"]);
  });

  it("lets others have their turn between loads that ask nobody", async () => {
    const { queue, loaded } = setup(async () => state("1"));
    for (let unit = 0; unit < 10; unit += 1) queue.want(`unit ${unit}`, "1");
    const perTurn: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const before = loaded.length;
      vi.advanceTimersByTime(0);
      for (let step = 0; step < 1000; step += 1) await Promise.resolve();
      perTurn.push(loaded.length - before);
    }
    expect(perTurn).toEqual([2, 2, 2, 2, 2]);
  });

  it("loads what is wanted once, and again only for another key", async () => {
    let key = "1";
    const load = vi.fn(async () => state(key));
    const { queue, loaded } = setup(load);
    queue.want("a", "1");
    queue.want("a", "1");
    await vi.runAllTimersAsync();
    queue.want("a", "1");
    key = "2";
    queue.want("a", "2");
    await vi.runAllTimersAsync();
    expect(loaded).toEqual(["a 1", "a 2"]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("runs no more loads at once than it may", async () => {
    let running = 0;
    let most = 0;
    const { queue } = setup(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      return state("1");
    });
    for (const unit of ["a", "b", "c", "d", "e"]) queue.want(unit, "1");
    await vi.runAllTimersAsync();
    expect(most).toBe(2);
  });

  it("drops an answer for a key that is no longer wanted", async () => {
    const answers = [state("1"), state("2")];
    const { queue, loaded } = setup(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return answers.shift();
    });
    queue.want("a", "1");
    await vi.advanceTimersByTimeAsync(1);
    queue.want("a", "2");
    await vi.runAllTimersAsync();
    expect(loaded).toEqual(["a 2"]);
  });

  it("tries a failure again, later each time, until it works", async () => {
    let fails = 2;
    const load = vi.fn(async () => {
      fails -= 1;
      if (fails >= 0) throw new Error("no route");
      return state("1");
    });
    const { queue, loaded } = setup(load);
    queue.want("a", "1");
    await vi.advanceTimersByTimeAsync(0);
    expect(queue.get("a")?.error).toBe("no route");
    await vi.advanceTimersByTimeAsync(100);
    await vi.advanceTimersByTimeAsync(199);
    expect(load).toHaveBeenCalledTimes(2);
    await vi.runAllTimersAsync();
    expect(loaded).toEqual(["a 1 failed", "a 1 failed", "a 1"]);
  });
});
