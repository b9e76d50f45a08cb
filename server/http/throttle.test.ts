import { describe, expect, it } from "vitest";
import { LoginThrottle } from "./throttle.ts";

function setUp() {
  const clock = { time: 1_000_000, now: () => clock.time };
  return { clock, throttle: new LoginThrottle(clock, { perAddress: 3, total: 5, window: 60_000 }) };
}

describe("LoginThrottle", () => {
  it("refuses an address after its failures, until the oldest of them is a minute old", () => {
    const { clock, throttle } = setUp();
    for (let tries = 0; tries < 3; tries += 1) {
      expect(throttle.wait("a")).toBe(0);
      throttle.attempt("a");
      clock.time += 1000;
    }
    expect(throttle.wait("a")).toBe(57);
    expect(throttle.wait("b")).toBe(0);
    clock.time += 57_000;
    expect(throttle.wait("a")).toBe(0);
  });

  it("refuses everybody when all addresses together fail too often", () => {
    const { throttle } = setUp();
    for (const address of ["a", "b", "c", "d", "e"]) throttle.attempt(address);
    expect(throttle.wait("f")).toBe(60);
  });

  it("does not count logins that succeed", () => {
    const { throttle } = setUp();
    for (let tries = 0; tries < 20; tries += 1) {
      throttle.attempt("a");
      throttle.succeeded("a");
    }
    expect(throttle.wait("a")).toBe(0);
  });

  it("takes its part of the failures where other replicas count theirs", () => {
    let replicas = 2;
    const throttle = new LoginThrottle({ now: () => 0 }, { perAddress: 3, total: 5, window: 60_000 }, () => replicas);
    throttle.attempt("a");
    expect(throttle.wait("a")).toBe(0);
    throttle.attempt("a");
    expect(throttle.wait("a")).toBe(60);
    replicas = 1;
    expect(throttle.wait("a")).toBe(0);
  });
});
