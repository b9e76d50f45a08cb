import { describe, expect, it } from "vitest";
import { renameManager } from "./ownership.ts";
import { helmRollbackArguments, historyLimit } from "./rollback-arguments.ts";
import { planWarnings, type PlanFindings } from "./rollback-warnings.ts";

const run = { release: "web", namespace: "shop", revision: 3, historyMax: 10, forceConflicts: false, major: 4 };

describe("helmRollbackArguments", () => {
  it("does not force and does not wait for resources", () => {
    expect(helmRollbackArguments(run)).toEqual([
      "rollback",
      "web",
      "3",
      "--namespace=shop",
      "--history-max=10",
      "--timeout=300s",
      "--server-side=auto",
    ]);
  });

  it("forces conflicts only where planning found them", () => {
    expect(helmRollbackArguments({ ...run, forceConflicts: true })).toContain("--force-conflicts");
  });

  it("spares Helm 3 the flags that it does not know", () => {
    expect(helmRollbackArguments({ ...run, major: 3, forceConflicts: true }).join(" ")).toBe(
      "rollback web 3 --namespace=shop --history-max=10 --timeout=300s",
    );
  });

  it("takes no option for a name", () => {
    expect(() => helmRollbackArguments({ ...run, release: "--kube-token=x" })).toThrow("not a Kubernetes name");
  });

  it("never shortens a longer history by more than the oldest record", () => {
    expect([historyLimit(3), historyLimit(10), historyLimit(40)]).toEqual([10, 10, 40]);
  });
});

describe("renameManager", () => {
  const entry = (manager: string, fieldsV1: object, operation = "Apply") => ({
    manager,
    operation,
    apiVersion: "v1",
    fieldsV1,
  });

  it("moves applies alone and leaves other managers as they are", () => {
    const others = [
      entry("kubectl-edit", { "f:data": {} }, "Update"),
      entry("helm-controller", { "f:status": {} }, "Update"),
    ];
    expect(
      renameManager([...others, entry("helm-controller", { "f:data": { "f:a": {} } })], "helm-controller", "helm"),
    ).toEqual([...others, entry("helm", { "f:data": { "f:a": {} } })]);
  });

  it("joins with what the other manager applies already", () => {
    const entries = [
      entry("helm", { "f:data": { "f:a": {} } }),
      entry("helm-controller", { "f:data": { "f:b": {} }, "f:x": {} }),
    ];
    expect(renameManager(entries, "helm-controller", "helm")).toEqual([
      entry("helm", { "f:data": { "f:a": {}, "f:b": {} }, "f:x": {} }),
    ]);
  });

  it("changes nothing where the manager applies nothing", () => {
    expect(renameManager([entry("helm", {})], "helm-controller", "helm")).toBeUndefined();
  });
});

describe("planWarnings", () => {
  const summary = { version: 3, status: "superseded", chart: "web-1.0.0", appVersion: "1", description: "" };
  const documents = { userValues: "", computedValues: "", notes: "", chart: "", hooks: "" };
  const findings: PlanFindings = {
    current: { version: 5, status: "deployed" },
    target: { version: 3, summary, documents },
    conflicts: [],
    deleted: [],
    kept: [],
    dropsOldest: undefined,
    serverSide: true,
  };

  it("says nothing where nothing is to be said", () => {
    expect(planWarnings(findings)).toEqual([]);
  });

  it("says what is deleted, taken over, kept and dropped", () => {
    const service = { group: "", kind: "Service", namespace: "shop", name: "web" };
    const conflicts = [
      {
        manager: "kubectl",
        field: "spec.replicas",
        ref: { group: "apps", kind: "Deployment", namespace: "shop", name: "web" },
      },
      { manager: "kubectl", field: "spec.type", ref: service },
    ];
    expect(
      planWarnings({
        ...findings,
        conflicts,
        deleted: [{ ref: service, change: "removed" }],
        kept: ["PersistentVolumeClaim/data"],
        dropsOldest: { version: 1 },
      }),
    ).toEqual([
      "It deletes what revision 3 does not have: Service/web.",
      "It takes over from kubectl: spec.replicas of Deployment/web and spec.type of Service/web.",
      "These stay because they ask to be kept (helm.sh/resource-policy): PersistentVolumeClaim/data.",
      "The history is full: the record of revision 1 is removed.",
    ]);
  });

  it("warns of a pending release, a failed target and its rollback hooks", () => {
    const target = {
      version: 3,
      summary: { ...summary, status: "failed" },
      documents: { ...documents, hooks: "    helm.sh/hook: post-rollback\n" },
    };
    expect(
      planWarnings({
        ...findings,
        target,
        current: { version: 5, status: "pending-upgrade", writtenAt: "2026-11-22T20:00:00Z" },
      }),
    ).toEqual([
      "Revision 5 is pending-upgrade since 2026-11-22T20:00:00Z: make sure that nobody's helm is still at work on it.",
      "Revision 3 failed when it was deployed.",
      "The rollback hooks of revision 3 run.",
    ]);
  });
});
