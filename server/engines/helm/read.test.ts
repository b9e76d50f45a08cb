import { describe, expect, it } from "vitest";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { ReadContext } from "../engine.ts";
import { memoryStore, type Sketch, stored } from "../testing/memory-store.ts";
import { deployment } from "../testing/objects.ts";
import { helm } from "./reader.ts";

const ns = "billing";
const unit = { engine: "helm", namespace: ns, name: "ledger" } as const;

function record(
  version: number,
  status: string,
  { kind = "Secret", labels = {} }: { kind?: string; labels?: Record<string, string> } = {},
): Sketch {
  return {
    apiVersion: "v1",
    kind,
    metadata: {
      name: `sh.helm.release.v1.ledger.v${version}`,
      namespace: ns,
      uid: `record-${version}`,
      creationTimestamp: `2026-03-0${version}T08:00:00Z`,
      labels: { owner: "helm", name: "ledger", status, version: String(version), modifiedAt: "1772352005", ...labels },
    },
  };
}

function desired({
  description = "Upgrade complete",
  error,
  objects = [{ object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "ledger" } } }],
}: { description?: string; error?: string; objects?: DesiredState["objects"] } = {}): DesiredState {
  return {
    key: "k",
    exactness: "dry-run",
    objects: error === undefined ? objects : [],
    facts: {
      chart: "ledger",
      chartVersion: "2.1.0",
      description,
      lastDeployed: "2026-03-02T08:00:01Z",
      notes: "Enjoy.",
    },
    ...(error !== undefined && { error }),
  };
}

const ledger = deployment("ledger", ns);

function context(objects: readonly Sketch[], loaded: DesiredState | undefined = desired(), now?: string): ReadContext {
  return {
    cluster: "test",
    store: memoryStore([ledger, ...objects]),
    desired: loaded,
    ...(now !== undefined && { now }),
  };
}

function read(...parameters: Parameters<typeof context>) {
  const reading = helm.read(unit, context(...parameters));
  if (reading === undefined) throw new Error("not read");
  return reading;
}

describe("a Helm release", () => {
  it("is Healthy and Synced by its newest revision, which is deployed", () => {
    expect(read([record(1, "superseded"), record(2, "deployed")]).application).toMatchObject({
      health: { status: "Healthy" },
      sync: { status: "Synced" },
      revision: { applied: "2", desired: "2" },
      sources: [{ kind: "Helm chart", chart: "ledger", version: "2.1.0" }],
      operation: { kind: "upgrade", phase: "Succeeded" },
      lastDeployedAt: "2026-03-02T08:00:01Z",
      resources: { Healthy: 1 },
    });
  });

  it("knows its tenth revision from its second", () => {
    expect(
      read([2, 9, 10].map((version) => record(version, version === 10 ? "deployed" : "superseded"))).application
        .revision.applied,
    ).toBe("10");
  });

  it("is read from ConfigMaps as well", () => {
    expect(read([record(1, "deployed", { kind: "ConfigMap" })]).application.health.status).toBe("Healthy");
  });

  it("is Degraded and OutOfSync when the newest revision failed, while an older one runs", () => {
    const description =
      'Upgrade "ledger" failed: pre-upgrade hooks failed: 1 error occurred: job ledger-migrate failed: BackoffLimitExceeded';
    const { health, sync, revision, operation } = read(
      [record(2, "deployed"), record(3, "failed")],
      desired({ description }),
    ).application;
    expect(health).toMatchObject({
      status: "Degraded",
      message:
        "upgrade to revision 3 failed: pre-upgrade hooks failed: 1 error occurred: job ledger-migrate failed: BackoffLimitExceeded",
    });
    expect(sync.status).toBe("OutOfSync");
    expect(revision).toEqual({ applied: "2", desired: "3", attempted: "3" });
    expect(operation).toMatchObject({ kind: "upgrade", phase: "Failed" });
  });

  it("is Progressing while a revision is pending, and says so when it is stuck", () => {
    const records = [record(2, "deployed"), record(3, "pending-upgrade")];
    expect(read(records, desired(), "2026-03-03T08:05:00Z").application).toMatchObject({
      health: { status: "Progressing", reason: "pending-upgrade", message: "revision 3 is pending-upgrade" },
      sync: { status: "OutOfSync", reason: "pending-upgrade" },
      operation: { kind: "upgrade", phase: "Running", startedAt: "2026-03-03T08:00:00Z" },
    });
    expect(read(records, desired(), "2026-03-03T09:00:00Z").application.health.message).toBe(
      "stuck: revision 3 is pending-upgrade and whoever ran it seems to be gone; roll back to revision 2 to get out",
    );
    expect(read(records).application.health.message).toBe("revision 3 is pending-upgrade");
  });

  it("is Progressing while it is uninstalled, and says so when nobody is at it any more", () => {
    const records = [record(3, "uninstalling")];
    const healthAt = (now: string) => read(records, desired(), now).application.health;
    expect(healthAt("2026-03-03T08:05:00Z")).toMatchObject({ status: "Progressing", message: "being uninstalled" });
    expect(healthAt("2026-03-04T09:00:00Z").message).toBe(
      "stuck: whoever was uninstalling it seems to be gone; uninstall it again to finish",
    );
  });

  it("is Unknown until its record is read, and when the record can't be", () => {
    const unread = helm.read(unit, { ...context([record(1, "deployed")]), desired: undefined });
    expect(unread?.application.health).toMatchObject({ status: "Unknown", reason: "Loading" });
    const broken = read(
      [record(1, "deployed")],
      desired({ error: "the record of revision 1 is not gzip" }),
    ).application;
    expect(broken).toMatchObject({
      health: { status: "Unknown", message: "the record of revision 1 is not gzip" },
      drift: { status: "Unknown", message: "the record of revision 1 is not gzip" },
    });
  });

  it("is Missing when it is uninstalled and its history is kept", () => {
    expect(read([record(1, "uninstalled")]).application.health).toMatchObject({
      status: "Missing",
      message: "uninstalled; its history is kept",
    });
  });

  it("counts no hooks among its resources", () => {
    const hook = {
      object: {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name: "migrate", annotations: { "helm.sh/hook": "pre-upgrade" } },
      },
    };
    expect(read([record(1, "deployed")], desired({ objects: [hook] })).application.resources).toEqual({});
  });

  const helmRelease = (spec: Record<string, unknown> = {}): Sketch => ({
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: "ledger", namespace: ns },
    spec,
  });

  it("is not listed when a HelmRelease makes it", () => {
    expect(helm.read(unit, context([record(1, "deployed"), helmRelease()]))).toBeUndefined();
    expect(helm.read(unit, context([record(1, "deployed"), helmRelease({ releaseName: "other" })]))).toBeDefined();
    expect(helm.unitsOf(stored(helmRelease()))).toEqual([unit]);
  });

  it("is not listed when Flux's labels on its manifest name a HelmRelease of another namespace", () => {
    const owner: Sketch = {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: "money", namespace: "flux-system" },
      spec: { storageNamespace: ns, releaseName: "ledger" },
    };
    const objects = [
      {
        object: {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: {
            name: "x",
            labels: { "helm.toolkit.fluxcd.io/name": "money", "helm.toolkit.fluxcd.io/namespace": "flux-system" },
          },
        },
      },
    ];
    expect(helm.read(unit, context([record(1, "deployed"), owner], desired({ objects })))).toBeUndefined();
  });

  it("changes its desired key with the deployed and with the newest record", () => {
    expect(read([record(2, "deployed")]).desiredKey).toBe("record-2@1");
    expect(read([record(2, "deployed"), record(3, "failed")]).desiredKey).toBe("record-2@1|record-3@1");
  });

  it("belongs to its records, and nothing else does", () => {
    expect(helm.unitsOf(stored(record(3, "failed")))).toEqual([unit]);
    expect(
      helm.unitsOf(
        stored({ apiVersion: "v1", kind: "Secret", metadata: { name: "x", namespace: ns, labels: { owner: "helm" } } }),
      ),
    ).toEqual([]);
    expect(helm.read(unit, context([]))).toBeUndefined();
  });

  it("tells Helm's facts and notes", () => {
    const { facts, notes } = helm.detail(unit, context([record(1, "superseded"), record(2, "deployed")]));
    expect(notes).toBe("Enjoy.");
    expect(facts).toContainEqual({ label: "Records", value: "2 revisions in Secrets" });
  });
});
