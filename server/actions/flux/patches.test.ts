import { describe, expect, it } from "vitest";
import { holdPatch, reconcilePatch, requestTime, resumePatch, suspendPatch, undoHoldPatch } from "./patches.ts";

const now = "2026-11-22T21:00:00.123Z";

describe("requestTime", () => {
  it("is RFC 3339 with nanoseconds", () => {
    expect(requestTime(now, 7)).toBe("2026-11-22T21:00:00.123000007Z");
  });

  it("differs for two requests of the same millisecond", () => {
    expect(requestTime(now, 1)).not.toBe(requestTime(now, 2));
  });
});

describe("Flux patches", () => {
  it("an ordinary sync never forces", () => {
    expect(reconcilePatch("T").body).toEqual({ metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": "T" } } });
  });

  it("force and reset carry the value of the request itself", () => {
    expect(reconcilePatch("T", { force: true, reset: true }).body).toEqual({
      metadata: {
        annotations: {
          "reconcile.fluxcd.io/requestedAt": "T",
          "reconcile.fluxcd.io/forceAt": "T",
          "reconcile.fluxcd.io/resetAt": "T",
        },
      },
    });
  });

  it("resuming asks for a reconciliation and ends a hold", () => {
    expect(suspendPatch().body).toEqual({ spec: { suspend: true } });
    expect(resumePatch("T").body).toEqual({
      metadata: { annotations: { "reconcile.fluxcd.io/requestedAt": "T", "driftglass.io/hold": null } },
      spec: { suspend: null },
    });
  });

  it("a hold suspends and says what is kept in one patch", () => {
    const { body } = holdPatch({ by: "mara", at: now, revision: "2", from: "3" });
    expect(body).toEqual({
      metadata: { annotations: { "driftglass.io/hold": `{"by":"mara","at":"${now}","revision":"2","from":"3"}` } },
      spec: { suspend: true },
    });
  });

  it("a failed rollback leaves what was there before", () => {
    expect(undoHoldPatch(undefined, false).body).toEqual({
      metadata: { annotations: { "driftglass.io/hold": null } },
      spec: { suspend: null },
    });
    expect(undoHoldPatch("{}", true).body).toEqual({
      metadata: { annotations: { "driftglass.io/hold": "{}" } },
      spec: { suspend: true },
    });
  });
});
