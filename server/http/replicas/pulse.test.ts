import { expect, it, vi } from "vitest";
import { Pulse } from "./pulse.ts";

const times = { patience: 20, distrust: 10_000 };

it("tells all who wait for a replica, once, when it leaves two questions unanswered", async () => {
  const answers = [true, false, true, false, false];
  const isAlive = vi.fn(async (_home: string) => answers.shift() ?? true);
  const pulse = new Pulse(isAlive, times);
  const [one, other, gone] = [vi.fn(), vi.fn(), vi.fn()];
  pulse.watch("http://east", one);
  pulse.watch("http://east", other);
  pulse.watch("http://east", gone)();
  await vi.waitFor(() => expect(one).toHaveBeenCalledOnce());
  expect([other.mock.calls.length, gone.mock.calls.length]).toEqual([1, 0]);
  // Together, and not for each who waits.
  expect(isAlive.mock.calls).toEqual(Array.from({ length: 5 }, () => ["http://east"]));
});

it("asks nothing when nobody waits long, and at once of whoever was silent before", async () => {
  const isAlive = vi.fn(async (_home: string) => false);
  const pulse = new Pulse(isAlive, { ...times, patience: 50 });
  pulse.watch("http://east", () => expect.unreachable())();
  await new Promise((done) => setTimeout(done, 150));
  expect(isAlive).not.toHaveBeenCalled();
  const waitUntilGone = async (): Promise<number> => {
    const began = performance.now();
    await new Promise<void>((done) => pulse.watch("http://east", done));
    return performance.now() - began;
  };
  expect(await waitUntilGone()).toBeGreaterThanOrEqual(45);
  const timesAsked = isAlive.mock.calls.length;
  const slow = new Promise<void>((done) => pulse.watch("http://east", done));
  expect(isAlive.mock.calls.length).toBe(timesAsked + 1);
  await slow;
});
