import { describe, expect, it } from "vitest";
import { InFlight } from "./in-flight.ts";

describe("InFlight", () => {
  it("refuses a second change of the same thing, and takes it once the first has ended", async () => {
    const inFlight = new InFlight();
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = inFlight.run("helm/shop/web", () => promise);
    await expect(inFlight.run("helm/shop/web", () => Promise.resolve("second"))).rejects.toMatchObject({
      problem: { status: 409, code: "conflict" },
    });
    expect(await inFlight.run("helm/shop/other", () => Promise.resolve("other"))).toBe("other");
    resolve("first");
    expect(await first).toBe("first");
    expect(await inFlight.run("helm/shop/web", () => Promise.resolve("third"))).toBe("third");
  });

  it("lets go when the change fails", async () => {
    const inFlight = new InFlight();
    await expect(inFlight.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await inFlight.run("a", () => Promise.resolve(1))).toBe(1);
  });
});
