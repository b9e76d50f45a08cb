import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { withLock } from "./lock.ts";

/** Where nobody holds the lock, nobody is waited for. */
const nobody = (): void => undefined;

describe("a lock", () => {
  let directory = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "lock-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("lets one in at a time and tells the other who holds it", async () => {
    const events: string[] = [];
    const path = join(directory, "lock");
    const begun = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    const first = withLock(path, nobody, async () => {
      events.push("first begins");
      begun.resolve();
      await seen.promise;
      events.push("first ends");
    });
    await begun.promise;
    const holders: number[] = [];
    await withLock(
      path,
      (holder) => {
        holders.push(holder);
        seen.resolve();
      },
      () => Promise.resolve(events.push("second")),
    );
    await first;
    expect(events).toEqual(["first begins", "first ends", "second"]);
    expect(holders).toEqual([process.pid]);
  });

  it("is taken over from a process that has gone", async () => {
    const path = join(directory, "lock");
    await writeFile(path, "4194999");
    await expect(withLock(path, nobody, () => Promise.resolve("in"))).resolves.toBe("in");
  });

  it("is given back when the work fails", async () => {
    const path = join(directory, "lock");
    await expect(withLock(path, nobody, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(withLock(path, nobody, () => Promise.resolve("in"))).resolves.toBe("in");
  });
});
