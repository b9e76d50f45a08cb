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

it("pauses before each turn for as long as it is told to, and takes all the time once it is told no more", () => {
  let pause = 400;
  let turn = 0;
  const turns = new Turns(
    () => {
      turn += 1;
      if (turn < 5) turns.more();
    },
    () => pause,
  );
  turns.soon();
  vi.advanceTimersByTime(399);
  expect(turn).toBe(0);
  vi.advanceTimersByTime(1);
  expect(turn).toBe(1);
  vi.advanceTimersByTime(399);
  expect(turn).toBe(1);
  pause = 0;
  turns.again();
  // Each in the next round of the event loop, to which the fake clock gives a millisecond.
  vi.advanceTimersByTime(5);
  expect(turn).toBe(5);
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
