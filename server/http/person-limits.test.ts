import { describe, expect, it } from "vitest";
import { PersonLimits } from "./person-limits.ts";

const { signal } = new AbortController();

describe("what one person may have at a time", () => {
  it("is some requests, while others wait and nobody else does", async () => {
    const limits = new PersonLimits({ working: 2, waiting: 1, streams: 1 });
    const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
    const begun: number[] = [];
    const work = gates.map((gate, number) =>
      limits.work("ada", signal, async () => {
        begun.push(number);
        await gate.promise;
      }),
    );
    await expect(limits.work("ada", signal, async () => undefined)).rejects.toMatchObject({
      problem: { status: 429, code: "too-many" },
    });
    expect(await limits.work("joe", signal, async () => "served")).toBe("served");
    expect(begun).toEqual([0, 1]);
    gates[0]?.resolve();
    await work[0];
    expect(begun).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await Promise.all(work);
  });

  it("is free again after a failure, and for who has gone before it was their turn", async () => {
    const limits = new PersonLimits({ working: 1, waiting: 1, streams: 1 });
    await expect(limits.work("ada", signal, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    const gate = Promise.withResolvers<void>();
    const first = limits.work("ada", signal, () => gate.promise);
    const gone = new AbortController();
    const second = limits.work("ada", gone.signal, async () => undefined);
    gone.abort();
    await expect(second).rejects.toThrow("did not wait");
    gate.resolve();
    await first;
    expect(await limits.work("ada", signal, async () => "served")).toBe("served");
  });

  it("is some streams, each of which is given back once", () => {
    const limits = new PersonLimits({ working: 1, waiting: 1, streams: 2 });
    const close = limits.stream("ada");
    limits.stream("ada");
    expect(() => limits.stream("ada")).toThrow("too many streams");
    limits.stream("joe");
    close();
    close();
    limits.stream("ada");
    expect(() => limits.stream("ada")).toThrow("too many streams");
  });
});
