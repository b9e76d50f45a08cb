import { expect, it } from "vitest";
import { lifetimeAmong, WatchLifetime } from "./watch-lifetime.ts";

const never = { now: () => 0, wait: () => new Promise<void>(() => undefined) };

/** Shortest and longest life of a first watch and of those after it, in seconds. */
function lives(listing: boolean, shortest?: number): number[][] {
  const ends = [0, 0.999_999].map((random) => {
    const lifetime = new WatchLifetime(never, () => random, shortest === undefined ? undefined : () => shortest);
    return [lifetime.next(listing), lifetime.next(false)];
  });
  return [0, 1].map((watch) => ends.map((end) => end[watch] ?? Number.NaN));
}

it("ends a watch soon enough for a lost right to be gone within ten seconds, and lets a list take its time", () => {
  expect(lives(false, lifetimeAmong(30))).toEqual([
    [2, 7],
    [6, 7],
  ]);
  expect(lives(true, lifetimeAmong(30))[0]).toEqual([15, 47]);
});

it("is longer where nobody is shown what is watched, or watches are many: five of them begin in a second at most", () => {
  expect(lives(false)).toEqual([
    [15, 47],
    [40, 47],
  ]);
  expect([30, 100, 1_000].map(lifetimeAmong)).toEqual([6, 20, 40]);
});

it("begins a watch that has brought a list anew after a time as short as the others', where they are short", async () => {
  const waits: number[] = [];
  const clock = { now: () => 0, wait: async (milliseconds: number) => void waits.push(milliseconds) };
  const open = new AbortController().signal;
  const renewal = async (shortest: number, ended = open) =>
    await new WatchLifetime(
      clock,
      () => 0.5,
      () => shortest,
    ).renewal(ended);
  expect(await renewal(6)).toBe(true);
  expect(waits).toEqual([5_000]);
  expect(await renewal(6, AbortSignal.abort())).toBe(false);
  expect(await renewal(40)).toBe(false);
});
