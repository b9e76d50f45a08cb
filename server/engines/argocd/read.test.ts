import { describe, expect, it } from "vitest";
import type { Sketch } from "../testing/memory-store.ts";
import { deployment, pod, replicaSet } from "../testing/objects.ts";
import {
  application,
  checkout,
  context,
  destination,
  ns,
  outOfSync,
  read,
  row,
  source,
  two,
  unit,
} from "./application.fixture.ts";
import { argocd } from "./reader.ts";

describe("an Argo CD Application", () => {
  it("has Argo CD's own verdicts", () => {
    expect(row()).toMatchObject({
      health: { status: "Healthy" },
      sync: { status: "Synced" },
      drift: { status: "None", exactness: "engine", checkedAt: "2026-03-01T10:00:00Z" },
      revision: { applied: two, desired: two },
      operation: { kind: "sync", phase: "Succeeded", by: "sofia" },
      resources: { Healthy: 1 },
      sources: [{ kind: "Git", url: source.repoURL, ref: "main", path: "checkout" }],
      lastDeployedAt: "2026-03-01T09:00:10Z",
    });
  });

  it("is OutOfSync because the source is ahead, and claims no drift", () => {
    const { sync, drift } = row({ status: outOfSync("7b15ee2f710928c909ab59bf2e80d89757e03fd3") });
    expect(sync).toEqual({
      status: "OutOfSync",
      reason: "SourceAhead",
      message: "b6b11be → 7b15ee2: Deployment/checkout differs",
    });
    expect(drift.status).toBe("Unknown");
  });

  it("has drifted when it is OutOfSync at the revision that was deployed", () => {
    const { sync, drift } = row({ status: outOfSync(two) });
    expect(sync).toMatchObject({ reason: "LiveDiffers", message: "Deployment/checkout differs" });
    expect(drift).toMatchObject({ status: "Drifted", count: 1, exactness: "engine" });
  });

  it("has not drifted when a resource only waits for pruning", () => {
    const status = {
      ...outOfSync(two),
      resources: [
        {
          group: "apps",
          kind: "Deployment",
          namespace: ns,
          name: "checkout",
          status: "OutOfSync",
          requiresPruning: true,
        },
      ],
    };
    expect(row({ status })).toMatchObject({
      drift: { status: "None" },
      sync: { message: "Deployment/checkout (to be pruned) differs" },
    });
  });

  it("is Degraded by Argo CD's word, in the words of the Pod that causes it", () => {
    const sick = deployment("checkout", ns, { replicas: 1, ready: 0 });
    const others = [
      sick,
      replicaSet("checkout", ns, 1, 1),
      pod("checkout-1-x", ns, "replicaset-checkout-1", "CrashLoopBackOff", "checkout"),
    ];
    expect(row({ status: { health: { status: "Degraded" } } }, others).health).toMatchObject({
      status: "Degraded",
      message: "checkout: CrashLoopBackOff, exit 1, restarted 4 times",
      cause: { kind: "Pod" },
    });
    expect(row({ status: { health: { status: "Progressing" } } }, others).health).toMatchObject({
      status: "Progressing",
      cause: { kind: "Pod" },
    });
  });

  it("never is Progressing without a reason", () => {
    const running = {
      phase: "Running",
      startedAt: "2026-03-01T11:00:00Z",
      message: "waiting for healthy state of apps/Deployment/checkout",
      operation: {},
    };
    expect(row({ status: { health: { status: "Progressing" }, operationState: running } }).health.message).toBe(
      running.message,
    );
    expect(row({ status: { health: { status: "Progressing" } } }).health.message).toBe(
      "Argo CD called it Progressing when it looked last; its resources look well now",
    );
    expect(row({ status: { health: { status: "Missing" } } }, []).health.message).toBe(
      "Deployment/checkout is not in the cluster",
    );
  });

  it("is judged from its live objects while Argo CD has no word", () => {
    expect(row({ status: { health: undefined } }).health).toEqual({ status: "Healthy" });
    expect(row({ status: { health: undefined, resources: [] } }).health).toMatchObject({
      status: "Unknown",
      reason: "NotCompared",
    });
  });

  it("is Unknown with the comparison's error", () => {
    const conditions = [
      {
        type: "ComparisonError",
        message:
          "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = checkout: app path does not exist",
        lastTransitionTime: "2026-03-01T10:00:00Z",
      },
    ];
    const status = {
      conditions,
      health: { status: "Healthy" },
      sync: { status: "Unknown", comparedTo: { source, destination } },
    };
    expect(row({ status }).sync).toEqual({
      status: "Unknown",
      reason: "ComparisonError",
      message: "ComparisonError: checkout: app path does not exist",
    });
    expect(argocd.detail(unit, context(application({ status }))).conditions[0]).toMatchObject({
      type: "ComparisonError",
      status: "True",
    });
  });

  it("is Unknown when the verdict is about another target, but not because of empty fields", () => {
    expect(row({ spec: { source: { ...source, targetRevision: "next" } } }).sync).toMatchObject({
      status: "Unknown",
      reason: "ComparisonStale",
    });
    expect(row({ spec: { source: { ...source, directory: {}, kustomize: { images: [] } } } }).sync.status).toBe(
      "Synced",
    );
  });

  it("shows several sources and their revisions", () => {
    const sources = [
      { repoURL: "https://charts.example.com", chart: "web-service", targetRevision: "1.5.0" },
      { repoURL: source.repoURL, ref: "values", targetRevision: "main" },
    ];
    const status = {
      sync: {
        status: "Synced",
        revisions: ["1.5.0", two],
        comparedTo: { sources, source: { repoURL: "" }, destination },
      },
      history: [{ id: 0, revisions: ["1.5.0", two], sources }],
    };
    expect(row({ spec: { source: undefined, sources }, status })).toMatchObject({
      sync: { status: "Synced" },
      revision: { applied: `1.5.0, ${two}` },
      sources: [
        { kind: "Helm chart", chart: "web-service", version: "1.5.0" },
        { kind: "Git", name: "values" },
      ],
    });
  });

  it("is suspended when its automated sync is switched off, not when it is manual", () => {
    expect(row({ spec: { syncPolicy: { automated: { enabled: false } } } }).suspended).toBe(true);
    expect(row().suspended).toBe(false);
  });

  it("never calls resources of another cluster Missing", () => {
    const reading = read(
      application({ spec: { destination: { name: "edge", namespace: ns } }, status: { sync: { status: "Synced" } } }),
      [],
    );
    expect(reading.application).toMatchObject({ health: { status: "Healthy" }, resources: { Unknown: 1 } });
    expect(reading.desiredMissing).toBe("its resources live in another cluster");
  });

  it("leaves ignored resources out of its counts' health", () => {
    const ignored = deployment("checkout", ns, {
      ready: 0,
      metadata: { annotations: { "argocd.argoproj.io/ignore-healthcheck": "true" } },
    });
    expect(read(application(), [ignored]).inventory).toMatchObject([{ ignoreHealth: true }]);
  });

  it("is managed by the Application that tracks it", () => {
    const parent: Sketch = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: "root", namespace: "argocd" },
    };
    const metadata = {
      annotations: { "argocd.argoproj.io/tracking-id": "root:argoproj.io/Application:argocd/checkout" },
    };
    expect(row({ metadata }, [checkout, parent]).managedBy).toEqual({
      engine: "argocd",
      namespace: "argocd",
      name: "root",
    });
  });

  it("has a desired state only where objects carry what was last applied", () => {
    expect(read(application()).desiredKey).toBeDefined();
    expect(read(application(), [deployment("checkout", ns)]).desiredMissing).toMatch(/^desired manifest unavailable/);
  });

  it("has a desired state anew when its ignore rules change, but not with its status", () => {
    const rules = [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] }];
    const { desiredKey } = read(application());
    expect(read(application({ spec: { ignoreDifferences: rules } })).desiredKey).not.toBe(desiredKey);
    expect(read(application({ status: { reconciledAt: "2026-03-01T08:00:00Z" } })).desiredKey).toBe(desiredKey);
  });
});
