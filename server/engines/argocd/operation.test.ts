import { describe, expect, it } from "vitest";
import { row } from "./application.fixture.ts";

describe("the operation of an Argo CD Application", () => {
  it("is running when one is requested, runs, or is a refresh", () => {
    expect(row({ top: { operation: { initiatedBy: { username: "ada" }, sync: {} } } }).operation).toMatchObject({
      kind: "sync",
      phase: "Running",
      by: "ada",
    });
    expect(
      row({
        status: {
          operationState: {
            phase: "Running",
            startedAt: "2026-03-01T11:00:00Z",
            message: "waiting for healthy state of apps/Deployment/checkout",
            operation: {},
          },
        },
      }).operation,
    ).toMatchObject({ phase: "Running", startedAt: "2026-03-01T11:00:00Z" });
    expect(row({ metadata: { annotations: { "argocd.argoproj.io/refresh": "hard" } } }).operation).toMatchObject({
      kind: "refresh",
      phase: "Running",
    });
  });

  it("says why its last sync failed", () => {
    const { operation, reasons } = row({
      status: {
        operationState: {
          phase: "Failed",
          startedAt: "2026-03-01T11:00:00Z",
          finishedAt: "2026-03-01T11:00:09Z",
          message: "one or more objects failed to apply",
          operation: {},
        },
      },
    });
    expect(operation).toMatchObject({ phase: "Failed" });
    expect(reasons).toContainEqual({
      about: "operation",
      text: "the last sync failed: one or more objects failed to apply",
    });
  });
});
