import { describe, expect, it } from "vitest";
import type { Revision } from "#lib/model/revision.ts";
import { stored } from "#server/engines/testing/memory-store.ts";
import { row } from "#server/stream/row.fixture.ts";
import { currentOperation, deploymentsOf, recordedDeployments } from "./deployments.ts";

const revision = (id: string, more: Partial<Revision> = {}): Revision => ({
  id,
  revision: `main@sha1:${id.repeat(40)}`,
  deployedAt: `2026-03-01T0${id}:00:00Z`,
  current: false,
  restorable: true,
  ...more,
});
const application = (more: object = {}) => ({ ...row("shop"), ...more });

describe("deploymentsOf", () => {
  it("tells what was there before, how long it took and who did it", () => {
    const [newest, first] = deploymentsOf(application(), [revision("2", { by: "ada", seconds: 4 }), revision("1")]);
    expect(newest).toMatchObject({
      kind: "deployment",
      result: "succeeded",
      time: "2026-03-01T02:00:00Z",
      from: revision("1").revision,
      by: "ada",
      seconds: 4,
    });
    expect(first).not.toHaveProperty("from");
  });

  it("leaves out what has no time", () => {
    const { deployedAt: _none, ...undated } = revision("1");
    expect(deploymentsOf(application(), [undated])).toEqual([]);
  });

  it("tells why the last attempt failed, which only the row knows, and of older ones their own word", () => {
    const failing = application({
      revision: { attempted: revision("2").revision },
      operation: { kind: "sync", phase: "Failed", startedAt: "2026-03-01T02:00:00Z", message: "no such file" },
    });
    const told = deploymentsOf(failing, [
      revision("2", { failed: true, status: "BuildFailed" }),
      revision("1", { failed: true, status: "HealthCheckFailed" }),
    ]);
    expect(told.map(({ result, message }) => [result, message])).toEqual([
      ["failed", "no such file"],
      ["failed", "HealthCheckFailed"],
    ]);
  });

  it("takes helm-controller's action for what was done", () => {
    expect(deploymentsOf(application(), [revision("1", { message: "upgrade" })])[0]).toMatchObject({ what: "upgrade" });
  });
});

describe("recordedDeployments", () => {
  const record = (version: number, status: string, times: object) => ({
    name: "shop",
    namespace: "shop",
    version,
    status,
    stored: stored({ apiVersion: "v1", kind: "Secret", metadata: { name: `sh.helm.release.v1.shop.v${version}` } }),
    ...times,
  });

  it("reads labels alone: the first is an install, and only the last state's time is an end", () => {
    const told = recordedDeployments(application({ engine: "helm" }), [
      record(2, "deployed", { createdAt: "2026-03-01T09:00:00Z", modifiedAt: "2026-03-01T09:00:30Z" }),
      record(1, "superseded", { createdAt: "2026-03-01T08:00:00Z", modifiedAt: "2026-03-01T09:00:30Z" }),
    ]);
    expect(told).toMatchObject([
      { what: "upgrade", from: "1", seconds: 30, result: "succeeded" },
      { what: "install", result: "succeeded" },
    ]);
    expect(told[1]).not.toHaveProperty("seconds");
  });

  it("knows failed and pending ones", () => {
    const told = recordedDeployments(application({ engine: "helm" }), [
      record(3, "pending-upgrade", { createdAt: "2026-03-01T09:00:00Z" }),
      record(2, "failed", { createdAt: "2026-03-01T08:00:00Z" }),
    ]);
    expect(told.map(({ result }) => result)).toEqual(["running", "failed"]);
  });
});

describe("currentOperation", () => {
  const failed = application({
    engine: "argocd",
    revision: { applied: "a", attempted: "b" },
    operation: {
      kind: "sync",
      phase: "Failed",
      startedAt: "2026-03-01T09:00:00Z",
      finishedAt: "2026-03-01T09:00:10Z",
      by: "ada",
    },
  });

  it("tells a failed sync that the history does not have", () => {
    expect(currentOperation(failed, [])).toMatchObject([
      { result: "failed", revision: "b", from: "a", by: "ada", seconds: 10, time: "2026-03-01T09:00:10Z" },
    ]);
  });

  it("does not tell twice what the history has", () => {
    const known = deploymentsOf(failed, [revision("1", { failed: true })]);
    expect(currentOperation(failed, known)).toEqual([]);
  });

  it("tells nothing of what succeeded, or of a refresh", () => {
    const { operation } = failed;
    expect(currentOperation({ ...failed, operation: { ...operation, phase: "Succeeded" } } as never, [])).toEqual([]);
    expect(currentOperation({ ...failed, operation: { ...operation, kind: "refresh" } } as never, [])).toEqual([]);
  });
});
