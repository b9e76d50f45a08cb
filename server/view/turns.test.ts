import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Turns } from "./turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("does once what is asked for many times", () => {
  const work = vi.fn();
  const turns = new Turns(work);
  turns.soon();
  turns.soon();
  vi.runAllTimers();
  expect(work).toHaveBeenCalledOnce();
});

it("gathers for as long as it is told to, but goes on at once with what is left", () => {
  const times: number[] = [];
  const turns = new Turns(
    () => {
      times.push(performance.now());
      if (times.length === 1) turns.again();
    },
    () => 400,
  );
  const start = performance.now();
  turns.soon();
  vi.advanceTimersByTime(399);
  expect(times).toEqual([]);
  vi.advanceTimersByTime(1);
  vi.runAllTimers();
  // The next turn of the event loop; the fake clock gives it a millisecond.
  expect(times).toHaveLength(2);
  expect((times[1] ?? 0) - start).toBeLessThanOrEqual(401);
});

it("does nothing any more once it is closed", () => {
  const work = vi.fn();
  const turns = new Turns(work);
  turns.soon();
  turns.close();
  turns.soon();
  turns.now();
  vi.runAllTimers();
  expect(work).not.toHaveBeenCalled();
});
