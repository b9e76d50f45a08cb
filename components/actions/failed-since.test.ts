import { describe, expect, it } from "vitest";
import type { Operation } from "#lib/model/application.ts";
import { failedSince } from "./failed-since.ts";

const failed: Operation = { kind: "sync", phase: "Failed", startedAt: "2026-11-23T10:00:00Z", message: "no such path" };

describe("failedSince", () => {
  it("knows a failure by what it is, though the cluster's clock is behind or ahead of the browser's", () => {
    const requested = { action: "rollback", operation: undefined } as const;
    for (const startedAt of ["2026-11-23T09:55:00Z", "2026-11-23T10:05:00Z"])
      expect(failedSince(requested, { ...failed, startedAt })).toBe(true);
  });

  it("takes a sync that failed as the one before as failed", () => {
    expect(failedSince({ action: "sync", operation: failed }, failed)).toBe(true);
  });

  it("does not take an older failure for that of another action, nor what runs or has succeeded for a failure", () => {
    expect(failedSince({ action: "resume", operation: failed }, failed)).toBe(false);
    expect(failedSince({ action: "sync", operation: failed }, { ...failed, phase: "Running" })).toBe(false);
    expect(failedSince({ action: "sync", operation: failed }, { ...failed, phase: "Succeeded" })).toBe(false);
    expect(failedSince({ action: "sync", operation: failed }, undefined)).toBe(false);
  });
});
