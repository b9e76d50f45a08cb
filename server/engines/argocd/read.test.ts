import { describe, expect, it } from "vitest";
import type { ReadContext } from "../engine.ts";
import { memoryStore, type Sketch } from "../testing/memory-store.ts";
import { deployment, pod, replicaSet } from "../testing/objects.ts";
import { argocd } from "./reader.ts";

const ns = "shop";
const unit = { engine: "argocd", namespace: "argocd", name: "checkout" } as const;
const one = "f5c5e34f271432da6a90730870e2bf467c7297a4";
const two = "b6b11bedf8b1e7c318e9984f5f61ce47028e30eb";
const source = { repoURL: "https://git.example.com/shop.git", path: "checkout", targetRevision: "main" };
const destination = { server: "https://kubernetes.default.svc", namespace: ns };
const applied = { annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" } };
const checkout = deployment("checkout", ns, { metadata: applied });

interface Parts {
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  top?: Record<string, unknown>;
}

function application({ spec = {}, status = {}, metadata = {}, top = {} }: Parts = {}): Sketch {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "checkout", namespace: "argocd", creationTimestamp: "2026-03-01T07:00:00Z", ...metadata },
    spec: { project: "default", source, destination, ...spec },
    status: {
      health: { status: "Healthy" },
      sync: { status: "Synced", revision: two, comparedTo: { source, destination } },
      reconciledAt: "2026-03-01T10:00:00Z",
      resources: [
        { group: "apps", version: "v1", kind: "Deployment", namespace: ns, name: "checkout", status: "Synced" },
      ],
      history: [
        {
          id: 0,
          revision: one,
          source,
          deployStartedAt: "2026-03-01T08:00:00Z",
          deployedAt: "2026-03-01T08:00:10Z",
          initiatedBy: { username: "sofia" },
        },
        {
          id: 1,
          revision: two,
          source,
          deployStartedAt: "2026-03-01T09:00:00Z",
          deployedAt: "2026-03-01T09:00:10Z",
          initiatedBy: { automated: true },
        },
      ],
      operationState: {
        phase: "Succeeded",
        startedAt: "2026-03-01T09:00:00Z",
        finishedAt: "2026-03-01T09:00:10Z",
        message: "successfully synced (all tasks run)",
        operation: { initiatedBy: { username: "sofia" }, sync: { revision: two } },
      },
      ...status,
    },
    ...top,
  };
}

const outOfSync = (revision: string) => ({
  sync: { status: "OutOfSync", revision, comparedTo: { source, destination } },
  resources: [
    { group: "apps", version: "v1", kind: "Deployment", namespace: ns, name: "checkout", status: "OutOfSync" },
  ],
});

const context = (object: Sketch, others: readonly Sketch[] = [checkout]): ReadContext => ({
  cluster: "test",
  store: memoryStore([object, ...others]),
  desired: undefined,
});

function read(object: Sketch, others?: readonly Sketch[]) {
  const reading = argocd.read(unit, context(object, others));
  if (reading === undefined) throw new Error("not read");
  return reading;
}

const row = (parts?: Parts, others?: readonly Sketch[]) => read(application(parts), others).application;

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

  it("has a running operation when one is requested, runs, or is a refresh", () => {
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

  it("tells its project's rules and windows, and why what is OutOfSync stays so", () => {
    const project: Sketch = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "default", namespace: "argocd" },
      spec: {
        sourceRepos: ["https://git.example.com/*"],
        destinations: [{ server: "*", namespace: "shop" }],
        orphanedResources: { warn: true },
        syncWindows: [{ kind: "deny", schedule: "0 12 * * *", duration: "1h", applications: ["check*"] }],
      },
    };
    const outOfSync = application({ status: { sync: { status: "OutOfSync", revision: two } } });
    const at = (now: string) => ({ ...context(outOfSync, [project]), now });
    expect(argocd.detail(unit, at("2026-11-22T12:30:00Z")).facts).toEqual(
      expect.arrayContaining([
        { label: "Allowed sources", value: "https://git.example.com/*" },
        { label: "Allowed destinations", value: "* · shop" },
        { label: "Orphaned resources", value: "warned of" },
        { label: "Sync window", value: "denies syncs, open now until 13:00 UTC · 0 12 * * * for 1h" },
      ]),
    );
    const reasons = (now: string) =>
      argocd
        .read(unit, at(now))
        ?.application.reasons.map(({ text }) => text)
        .join();
    expect(reasons("2026-11-22T12:30:00Z")).toContain("a sync window of its project denies syncs now");
    expect(reasons("2026-11-22T14:30:00Z")).not.toContain("sync window");
    expect(argocd.detail(unit, context(outOfSync)).facts[0]?.value).toMatch(/^default \(/);
  });

  it("lists its syncs newest first", () => {
    expect(argocd.history(unit, context(application()))).toMatchObject([
      { id: "1", revision: two, current: true, restorable: false, by: "automated sync" },
      { id: "0", revision: one, current: false, restorable: true, by: "sofia", finishedAt: "2026-03-01T08:00:10Z" },
    ]);
  });
});
