import { describe, expect, it } from "vitest";
import type { KubeObject } from "#server/kube/object.ts";
import { autoSyncOff, autoSyncOn, canAutomate, isAutomated, operationPatch, rollbackPatch } from "./patches.ts";
import { historyEntry, rollbackOperation, syncOperation } from "./sync-operation.ts";

const application = (spec: Record<string, unknown>, metadata: object = {}, status: object = {}): KubeObject => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name: "shop", namespace: "argocd", resourceVersion: "42", ...metadata },
  spec,
  status,
});
const automated = application({
  syncPolicy: {
    automated: { prune: true, selfHeal: true },
    syncOptions: ["CreateNamespace=true"],
    retry: { limit: 3 },
  },
});
const guard = { op: "test", path: "/metadata/resourceVersion", value: "42" };
const hold = { by: "mara", at: "2026-11-22T21:00:00Z", revision: "abc" };

describe("syncOperation", () => {
  it("takes sync options and retry from the spec and names who asks", () => {
    expect(syncOperation(automated, { username: "mara", reason: "release" })).toEqual({
      initiatedBy: { username: "mara" },
      info: [{ name: "Reason", value: "release" }],
      retry: { limit: 3 },
      sync: {
        prune: false,
        dryRun: false,
        syncStrategy: { hook: { force: false } },
        syncOptions: ["CreateNamespace=true"],
      },
    });
  });

  it("overrides the spec's sync options only where they are said", () => {
    const options = (spec: string[], asked: object): unknown =>
      (
        syncOperation(application({ syncPolicy: { syncOptions: spec } }), { username: "mara", ...asked }) as {
          sync: { syncOptions?: unknown };
        }
      ).sync.syncOptions;
    expect(options(["ServerSideApply=true", "PruneLast=true"], {})).toEqual(["ServerSideApply=true", "PruneLast=true"]);
    expect(options(["ServerSideApply=true", "PruneLast=true"], { serverSideApply: false })).toEqual(["PruneLast=true"]);
    expect(options(["Replace=false"], { replace: true, serverSideApply: true })).toEqual([
      "ServerSideApply=true",
      "Replace=true",
    ]);
    expect(options([], { replace: false })).toBeUndefined();
  });

  it("applies only, to a revision for each of many sources", () => {
    const sources = [{ chart: "web" }, { ref: "values" }];
    const options = { username: "mara", applyOnly: true, force: true, dryRun: true, revisions: ["1.5.0", ""] };
    expect(syncOperation(application({ sources }), options)).toEqual({
      initiatedBy: { username: "mara" },
      sync: {
        prune: false,
        dryRun: true,
        syncStrategy: { apply: { force: true } },
        revisions: ["1.5.0", ""],
        sources,
      },
    });
  });

  it("names selected resources without their version", () => {
    const resources = [{ group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name: "web" }];
    expect(syncOperation(application({}), { username: "mara", prune: true, force: true, resources })).toEqual({
      initiatedBy: { username: "mara" },
      sync: {
        prune: true,
        dryRun: false,
        syncStrategy: { hook: { force: true } },
        resources: [{ group: "apps", kind: "Deployment", namespace: "shop", name: "web" }],
      },
    });
  });
});

describe("rollbackOperation", () => {
  const status = {
    history: [
      { id: 0, revision: "aaa", source: { path: "web" } },
      { id: 1, revisions: ["1.5.0", "bbb"], sources: [{ chart: "web" }, { ref: "values" }] },
    ],
  };

  it("goes back to revision and source of the history, apply only", () => {
    const entry = historyEntry(application({}, {}, status), "0");
    expect(entry && rollbackOperation(application({}), entry, { username: "mara" })).toEqual({
      initiatedBy: { username: "mara" },
      sync: { prune: false, dryRun: false, syncStrategy: { apply: {} }, revision: "aaa", source: { path: "web" } },
    });
  });

  it("goes back to all revisions of many sources", () => {
    const entry = historyEntry(application({}, {}, status), "1");
    expect(entry && rollbackOperation(application({}), entry, { username: "mara" })).toMatchObject({
      sync: { revisions: ["1.5.0", "bbb"], sources: [{ chart: "web" }, { ref: "values" }] },
    });
  });

  it("finds nothing for an id that is not in the history", () => {
    expect(historyEntry(application({}, {}, status), "7")).toBeUndefined();
  });
});

describe("Argo CD patches", () => {
  it("an operation is guarded by the version that was read", () => {
    expect(operationPatch(automated, { sync: {} }).body).toEqual([
      guard,
      { op: "add", path: "/operation", value: { sync: {} } },
    ]);
  });

  it("an operation takes the place of the last one, of which nothing may come back when it is resumed", () => {
    const last = { phase: "Succeeded", operation: { sync: { prune: true } }, syncResult: { revision: "abc" } };
    const after = application({}, {}, { operationState: last });
    expect(operationPatch(after, { sync: {} }).body).toEqual([
      guard,
      { op: "replace", path: "/status/operationState/operation", value: { sync: {} } },
      { op: "remove", path: "/status/operationState/syncResult" },
      { op: "add", path: "/operation", value: { sync: {} } },
    ]);
  });

  it("auto-sync is on unless it is absent or disabled", () => {
    expect(isAutomated(automated)).toBe(true);
    expect(isAutomated(application({ syncPolicy: { automated: {} } }))).toBe(true);
    expect(isAutomated(application({ syncPolicy: { automated: { enabled: false } } }))).toBe(false);
    expect(isAutomated(application({}))).toBe(false);
    expect(canAutomate(application({}))).toBe(false);
  });

  it("switching auto-sync off keeps prune and self-heal, and remembers how it was", () => {
    expect(autoSyncOff(automated, true)).toEqual([
      { op: "add", path: "/metadata/annotations", value: {} },
      { op: "add", path: "/metadata/annotations/driftglass.io~1auto-sync", value: '{"prune":true,"selfHeal":true}' },
      { op: "add", path: "/spec/syncPolicy/automated/enabled", value: false },
    ]);
  });

  it("an older Argo CD gets its settings remembered and back", () => {
    expect(autoSyncOff(automated, false)).toEqual([
      { op: "add", path: "/metadata/annotations", value: {} },
      { op: "add", path: "/metadata/annotations/driftglass.io~1auto-sync", value: '{"prune":true,"selfHeal":true}' },
      { op: "remove", path: "/spec/syncPolicy/automated" },
    ]);
    const off = application({ syncPolicy: {} }, { annotations: { "driftglass.io/auto-sync": '{"prune":true}' } });
    expect(canAutomate(off)).toBe(true);
    expect(autoSyncOn(off)).toEqual([
      { op: "add", path: "/spec/syncPolicy/automated", value: { prune: true } },
      { op: "remove", path: "/metadata/annotations/driftglass.io~1auto-sync" },
    ]);
  });

  it("switching auto-sync on gives back exactly what was, and keeps what was changed meanwhile", () => {
    const off = (was: string, automated: object): KubeObject =>
      application({ syncPolicy: { automated } }, { annotations: { "driftglass.io/auto-sync": was } });
    const settings = (object: KubeObject): unknown => autoSyncOn(object)[0]?.value;
    expect(settings(off("{}", { enabled: false }))).toEqual({});
    expect(settings(off('{"enabled":true}', { enabled: false }))).toEqual({ enabled: true });
    expect(settings(off('{"selfHeal":true}', { enabled: false, selfHeal: true, prune: true }))).toEqual({
      selfHeal: true,
      prune: true,
    });
    expect(autoSyncOn(application({ syncPolicy: { automated: { enabled: false } } }))).toEqual([
      { op: "add", path: "/spec/syncPolicy/automated/enabled", value: true },
    ]);
  });

  it("a rollback switches auto-sync off, holds and starts at once", () => {
    expect(rollbackPatch(automated, { sync: {} }, hold, true)).toEqual({
      type: "json",
      body: [
        guard,
        { op: "add", path: "/metadata/annotations", value: {} },
        { op: "add", path: "/metadata/annotations/driftglass.io~1auto-sync", value: '{"prune":true,"selfHeal":true}' },
        { op: "add", path: "/spec/syncPolicy/automated/enabled", value: false },
        {
          op: "add",
          path: "/metadata/annotations/driftglass.io~1hold",
          value: '{"by":"mara","at":"2026-11-22T21:00:00Z","revision":"abc"}',
        },
        { op: "add", path: "/operation", value: { sync: {} } },
      ],
    });
  });

  it("never replaces annotations that are there", () => {
    const annotated = application({ syncPolicy: { automated: {} } }, { annotations: { team: "shop" } });
    const patches = [rollbackPatch(annotated, {}, hold, true), autoSyncOff(annotated, false)];
    expect(JSON.stringify(patches)).not.toContain('"path":"/metadata/annotations"');
  });
});
