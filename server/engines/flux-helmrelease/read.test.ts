import { describe, expect, it } from "vitest";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { ReadContext } from "../engine.ts";
import { memoryStore, type Sketch } from "../testing/memory-store.ts";
import { deployment } from "../testing/objects.ts";
import { fluxHelmRelease } from "./reader.ts";

const ns = "billing";
const unit = { engine: "flux-helmrelease", namespace: ns, name: "renderer" } as const;
const backend = deployment("renderer", ns);

const entry = (version: number, chartVersion: string, status: string, action = "upgrade") => ({
  name: "renderer", namespace: ns, version, status, action, chartName: "web-service", chartVersion, appVersion: "1.5",
  digest: `sha256:digest${version}`, firstDeployed: "2026-03-01T08:00:00Z", lastDeployed: `2026-03-0${version}T08:00:00Z`,
}); // prettier-ignore

function helmRelease({
  conditions = [{ type: "Ready", status: "True", reason: "UpgradeSucceeded" }],
  spec = {},
  status = {},
}: {
  conditions?: Record<string, unknown>[];
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
} = {}): Sketch {
  return {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: "renderer", namespace: ns, generation: 2 },
    spec: {
      interval: "10m",
      chart: {
        spec: {
          chart: "web-service",
          version: "1.x",
          sourceRef: { kind: "HelmRepository", name: "house", namespace: "flux-system" },
        },
      },
      ...spec,
    },
    status: {
      observedGeneration: 2,
      helmChart: "flux-system/billing-renderer",
      storageNamespace: ns,
      lastAttemptedRevision: "1.5.0",
      history: [entry(2, "1.5.0", "deployed"), entry(1, "1.4.0", "superseded", "install")],
      inventory: { entries: [{ id: `${ns}_renderer_apps_Deployment`, v: "v1" }] },
      conditions: conditions.map((condition) => ({
        lastTransitionTime: "2026-03-02T08:00:00Z",
        observedGeneration: 2,
        ...condition,
      })),
      ...status,
    },
  };
}

const chart = (revision: string): Sketch => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "HelmChart",
  metadata: { name: "billing-renderer", namespace: "flux-system" },
  spec: { chart: "web-service", version: "1.x", sourceRef: { kind: "HelmRepository", name: "house" } },
  status: { artifact: { revision }, conditions: [{ type: "Ready", status: "True" }] },
});
const record = (version: number, status: string): Sketch => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: `sh.helm.release.v1.renderer.v${version}`,
    namespace: ns,
    creationTimestamp: "2026-03-01T08:00:00Z",
    labels: { owner: "helm", name: "renderer", status, version: String(version) },
  },
});
const repository: Sketch = {
  apiVersion: "source.toolkit.fluxcd.io/v1",
  kind: "HelmRepository",
  metadata: { name: "house", namespace: "flux-system" },
  spec: { url: "https://charts.example.com" },
};

function context(
  object: Sketch,
  others: readonly Sketch[] = [chart("1.5.0"), repository, backend],
  desired?: DesiredState,
): ReadContext {
  return { cluster: "test", store: memoryStore([object, ...others]), desired };
}

function read(object: Sketch, others?: readonly Sketch[], desired?: DesiredState) {
  const reading = fluxHelmRelease.read(unit, context(object, others, desired));
  if (reading === undefined) throw new Error("not read");
  return reading;
}

const rolledBack = helmRelease({
  conditions: [
    {
      type: "Ready",
      status: "False",
      reason: "RollbackSucceeded",
      message: "Helm rollback to previous release billing/renderer.v1 with chart web-service@1.4.0 succeeded",
    },
    { type: "Stalled", status: "True", reason: "RetriesExceeded", message: "Failed to upgrade after 1 attempt(s)" },
    {
      type: "Released",
      status: "False",
      reason: "UpgradeFailed",
      message:
        "Helm upgrade failed for release billing/renderer with chart web-service@1.5.0: timeout waiting for: [Deployment/billing/renderer status: 'InProgress']",
    },
    { type: "Remediated", status: "True", reason: "RollbackSucceeded" },
  ],
  status: {
    history: [
      entry(3, "1.4.0", "deployed", "rollback"),
      entry(2, "1.5.0", "failed"),
      entry(1, "1.4.0", "superseded", "install"),
    ],
  },
});

describe("a HelmRelease", () => {
  it("is Healthy and Synced with its chart, source and release", () => {
    expect(read(helmRelease()).application).toMatchObject({
      health: { status: "Healthy" },
      sync: { status: "Synced" },
      revision: { applied: "1.5.0", desired: "1.5.0" },
      sources: [
        {
          kind: "HelmRepository",
          name: "house",
          namespace: "flux-system",
          url: "https://charts.example.com",
          chart: "web-service",
          version: "1.5.0",
        },
      ],
      lastDeployedAt: "2026-03-02T08:00:00Z",
      resources: { Healthy: 1 },
    });
  });

  it("is OutOfSync when the chart's source is ahead", () => {
    expect(read(helmRelease(), [chart("1.6.0"), repository, backend]).application.sync).toMatchObject({
      status: "OutOfSync",
      message: "1.5.0 → 1.6.0",
    });
  });

  it("is Degraded and OutOfSync when an upgrade was rolled back, and says from what to what and why", () => {
    const { health, sync, operation } = read(rolledBack).application;
    const words = "upgrade to 1.5.0 failed and was rolled back to 1.4.0: not healthy: Deployment/renderer (InProgress)";
    expect(health).toMatchObject({ status: "Degraded", reason: "RollbackSucceeded", message: words });
    expect(sync).toMatchObject({ status: "OutOfSync", reason: "RollbackSucceeded", message: words });
    expect(operation?.phase).toBe("Failed");
  });

  it("is Degraded when the first install failed", () => {
    const object = helmRelease({
      conditions: [
        {
          type: "Ready",
          status: "False",
          reason: "InstallFailed",
          message:
            'Helm install failed for release billing/renderer with chart web-service@1.5.0: 1 error occurred: services "renderer" already exists',
        },
      ],
      status: { history: [] },
    });
    expect(read(object, [chart("1.5.0"), repository]).application.health.message).toBe(
      'install of 1.5.0 failed: 1 error occurred: services "renderer" already exists',
    );
  });

  it("waits while its chart is not ready", () => {
    const object = helmRelease({
      conditions: [
        {
          type: "Ready",
          status: "False",
          reason: "SourceNotReady",
          message: "HelmChart 'flux-system/billing-renderer' is not ready",
        },
      ],
    });
    expect(read(object).application.health).toMatchObject({ status: "Progressing", reason: "SourceNotReady" });
  });

  it("shows the controller's own drift verdict", () => {
    const object = helmRelease({
      conditions: [
        { type: "Ready", status: "True" },
        {
          type: "Drifted",
          status: "True",
          message:
            "Cluster state of release billing/renderer.v2 has drifted from the desired state:\nDeployment/billing/renderer changed (0 additions, 1 changes, 0 removals)",
        },
      ],
    });
    expect(read(object).application.drift).toMatchObject({ status: "Drifted", count: 1, exactness: "engine" });
  });

  it("takes its inventory from the release record where the controller writes none", () => {
    const desired: DesiredState = {
      key: "k",
      exactness: "local",
      objects: [
        { object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "renderer" } } },
        {
          object: {
            apiVersion: "batch/v1",
            kind: "Job",
            metadata: { name: "migrate", annotations: { "helm.sh/hook": "pre-upgrade" } },
          },
        },
      ],
    };
    const reading = read(helmRelease({ status: { inventory: undefined } }), undefined, desired);
    expect(reading.inventory).toMatchObject([{ ref: { kind: "Deployment", namespace: ns } }, { hook: true }]);
    expect(reading.application.resources).toEqual({ Healthy: 1 });
  });

  it("follows a chart from an OCI registry by its digest", () => {
    const digest = `sha256:${"b".repeat(64)}`;
    const oci: Sketch = {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "OCIRepository",
      metadata: { name: "renderer", namespace: ns },
      spec: { url: "oci://registry.example.com/charts/web-service", ref: { semver: "1.x" } },
      status: { artifact: { revision: `1.5.0@${digest}` } },
    };
    const object = helmRelease({
      spec: { chart: undefined, chartRef: { kind: "OCIRepository", name: "renderer" } },
      status: { history: [{ ...entry(2, "1.5.0+bbbbbbbbbbbb", "deployed"), ociDigest: digest }] },
    });
    expect(read(object, [oci, backend]).application).toMatchObject({
      sync: { status: "Synced" },
      sources: [{ kind: "OCIRepository", url: "oci://registry.example.com/charts/web-service" }],
    });
  });

  it("changes its desired key with the Helm revision", () => {
    expect(read(helmRelease()).desiredKey).not.toBe(read(rolledBack).desiredKey);
    expect(read(helmRelease({ status: { history: [] } })).desiredMissing).toBe("nothing has been installed yet");
  });

  describe("that helm rolled back behind the controller's back", () => {
    const others = [chart("1.5.0"), repository, backend, record(3, "deployed"), record(2, "superseded")];
    const facts: DesiredState = { key: "", exactness: "dry-run", objects: [], facts: { chartVersion: "1.4.0" } };

    it("has in place what helm calls deployed, with the chart of its record once that is read", () => {
      const { application, desiredKey } = read(helmRelease(), others);
      expect(application.revision.applied).toBe("1.5.0");
      const known = read(helmRelease(), others, { ...facts, key: desiredKey ?? "" }).application;
      expect(known.revision).toMatchObject({ applied: "1.4.0", desired: "1.5.0" });
      expect(known.sync).toMatchObject({ status: "OutOfSync", reason: "SourceAhead" });
      expect(desiredKey).not.toBe(read(helmRelease()).desiredKey);
    });

    it("is OutOfSync although the chart is the same, but not while its controller is at work on it", () => {
      const { sync } = read(helmRelease(), others).application;
      expect(sync).toMatchObject({ status: "OutOfSync", reason: "ReleaseChanged" });
      const busy = helmRelease({ conditions: [{ type: "Reconciling", status: "True", reason: "Progressing" }] });
      expect(read(busy, others).application.sync.status).toBe("Synced");
    });

    it("shows that revision as the current one of its history", () => {
      const history = fluxHelmRelease.history(unit, context(helmRelease(), others));
      expect(history?.map(({ id, current }) => `${id} ${current}`)).toEqual(["3 true", "2 false", "1 false"]);
    });
  });

  it("joins its history with the release records", () => {
    const history = fluxHelmRelease.history(
      unit,
      context(rolledBack, [record(3, "deployed"), record(2, "failed"), record(1, "superseded")]),
    );
    expect(
      history?.map(({ id, revision, current, restorable, status }) => ({ id, revision, current, restorable, status })),
    ).toEqual([
      { id: "3", revision: "1.4.0", current: true, restorable: false, status: "deployed" },
      { id: "2", revision: "1.5.0", current: false, restorable: false, status: "failed" },
      { id: "1", revision: "1.4.0", current: false, restorable: true, status: "superseded" },
    ]);
  });

  it("tells its chart and remediation as facts", () => {
    const { facts } = fluxHelmRelease.detail(
      unit,
      context(helmRelease({ spec: { upgrade: { remediation: { retries: 1 } } } })),
    );
    expect(facts).toContainEqual({ label: "Upgrade remediation", value: "rollback after 1 retry" });
    expect(facts).toContainEqual({ label: "Helm revision", value: "2" });
  });
});
