import { describe, expect, it } from "vitest";
import type { ReadContext } from "../engine.ts";
import { memoryStore, type Sketch, stored } from "../testing/memory-store.ts";
import { deployment, pod, replicaSet } from "../testing/objects.ts";
import { gitRepository, kustomization, newRevision, ns, oldRevision, settings } from "./fixtures.ts";
import { fluxKustomization } from "./reader.ts";

const unit = { engine: "flux-kustomization", namespace: ns, name: "staging" } as const;
const backend = deployment("backend", ns);

function context(objects: readonly Sketch[], states = {}): ReadContext {
  return { cluster: "test", store: memoryStore(objects, states), desired: undefined };
}

function read(object: Sketch, others: readonly Sketch[] = [gitRepository(oldRevision), backend, settings]) {
  const reading = fluxKustomization.read(unit, context([object, ...others]));
  if (reading === undefined) throw new Error("not read");
  return reading;
}

const row = (object: Sketch, others?: readonly Sketch[]) => read(object, others).application;

describe("health of a Kustomization", () => {
  it("is Healthy when it is ready and its resources are", () => {
    const application = row(kustomization());
    expect(application).toMatchObject({
      health: { status: "Healthy" },
      sync: { status: "Synced" },
      suspended: false,
      resources: { Healthy: 2 },
      reasons: [],
      lastDeployedAt: "2026-03-01T08:30:00Z",
    });
    expect(application.sources).toEqual([
      {
        kind: "GitRepository",
        name: "doc-router",
        namespace: ns,
        url: "https://git.example.com/doc-router.git",
        ref: "main",
        path: "./overlays/staging",
      },
    ]);
  });

  it("is Progressing while it waits for a dependency, which is named", () => {
    const object = kustomization({
      ready: { status: "False", reason: "DependencyNotReady", message: "dependency 'flux-system/infra' is not ready" },
    });
    expect(row(object).health).toMatchObject({
      status: "Progressing",
      reason: "DependencyNotReady",
      message: "waits for flux-system/infra, which is not ready",
    });
  });

  it("is Degraded when the build fails, and the message is the informative part", () => {
    const message =
      "kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'missing.yaml': open /var/lib/flux/kustomization-2291/overlays/broken/missing.yaml: no such file or directory': must build at directory: not a valid directory: evalsymlink failure";
    const application = row(kustomization({ ready: { status: "False", reason: "BuildFailed", message } }));
    expect(application.health).toMatchObject({
      status: "Degraded",
      reason: "BuildFailed",
      message: "kustomize build failed: overlays/broken/missing.yaml: no such file or directory",
    });
    expect(application.sync).toMatchObject({ status: "OutOfSync", reason: "BuildFailed" });
    expect(application.operation).toMatchObject({ phase: "Failed" });
  });

  it("is Degraded with the Pod as the cause when a health check fails", () => {
    const sick = deployment("backend", ns, { replicas: 1, ready: 0 });
    const object = kustomization({
      ready: {
        status: "False",
        reason: "HealthCheckFailed",
        message:
          "health check failed after 30.02s: timeout waiting for: [Deployment/doc-router/backend status: 'InProgress']",
      },
      status: { lastAttemptedRevision: newRevision },
    });
    const application = row(object, [
      gitRepository(newRevision),
      sick,
      settings,
      replicaSet("backend", ns, 1, 1),
      pod("backend-1-x", ns, "replicaset-backend-1", "CrashLoopBackOff", "backend"),
    ]);
    expect(application.health).toMatchObject({
      status: "Degraded",
      message: "backend: CrashLoopBackOff, exit 1, restarted 4 times",
      cause: { kind: "Pod", name: "backend-1-x" },
    });
    expect(application.sync).toMatchObject({
      status: "OutOfSync",
      message: "main@91be02c was applied and is not healthy: Deployment/backend (InProgress)",
    });
  });

  it("is Degraded when the first revision never became healthy, although no generation was observed", () => {
    const object = kustomization({
      ready: {
        status: "False",
        reason: "HealthCheckFailed",
        observedGeneration: 3,
        message:
          "health check failed after 12.1s: failed early due to stalled resources: [Deployment/doc-router/backend status: 'Failed']",
      },
      status: { observedGeneration: -1, lastAppliedRevision: undefined },
    });
    const reading = read(object);
    expect(reading.application).toMatchObject({
      health: { status: "Degraded", message: "not healthy: Deployment/backend (Failed)" },
      sync: { status: "OutOfSync" },
      revision: { applied: oldRevision },
    });
    expect(reading.desiredKey).toContain(oldRevision);
  });

  it("stays Suspended when a resource is gone", () => {
    expect(row(kustomization({ spec: { suspend: true } }), [gitRepository(oldRevision), backend]).health.status).toBe(
      "Suspended",
    );
  });

  it("is Progressing while the controller has not seen the newest spec", () => {
    expect(row(kustomization({ metadata: { generation: 4 } })).health).toMatchObject({
      status: "Progressing",
      reason: "GenerationNotObserved",
    });
  });

  it("is Progressing while it reconciles", () => {
    const object = kustomization({
      ready: { status: "Unknown", reason: "Progressing", message: "Reconciliation in progress" },
      conditions: [
        {
          type: "Reconciling",
          status: "True",
          reason: "Progressing",
          message: "Running health checks for revision main@sha1:4a637a6",
          lastTransitionTime: "2026-03-01T09:00:01Z",
        },
      ],
    });
    expect(row(object)).toMatchObject({
      health: { status: "Progressing" },
      operation: { kind: "sync", phase: "Running", startedAt: "2026-03-01T09:00:01Z" },
    });
  });

  it("is Degraded when it is stalled", () => {
    const object = kustomization({
      ready: { status: "False", reason: "InvalidPath", message: "path not found" },
      conditions: [{ type: "Stalled", status: "True", reason: "InvalidPath" }],
    });
    expect(row(object).health).toMatchObject({ status: "Degraded", message: "path not found" });
  });

  it("is Suspended when it is suspended, whatever its generation", () => {
    const application = row(kustomization({ spec: { suspend: true }, metadata: { generation: 4 } }));
    expect(application).toMatchObject({ suspended: true, health: { status: "Suspended" } });
    expect(application.reasons[0]?.about).toBe("suspended");
  });

  it("is Missing when a resource is gone", () => {
    expect(row(kustomization(), [gitRepository(oldRevision), backend]).health).toMatchObject({
      status: "Missing",
      message: "Secret/settings is not in the cluster",
    });
  });

  it("is Healthy by its own word when its resources may not be read", () => {
    const states = { "apps/Deployment": { state: "forbidden" }, "/Secret": { state: "forbidden" } };
    const reading = fluxKustomization.read(unit, context([kustomization(), gitRepository(oldRevision)], states));
    expect(reading?.application).toMatchObject({
      health: { status: "Healthy" },
      resources: { Unknown: 2 },
      reasons: [{ text: "no permission to read Deployments, Secrets" }],
    });
  });

  it("doesn't look for the resources of another cluster here", () => {
    const reading = read(kustomization({ spec: { kubeConfig: { secretRef: { name: "edge" } } } }), [
      gitRepository(oldRevision),
    ]);
    expect(reading.application).toMatchObject({ health: { status: "Healthy" }, resources: { Unknown: 2 } });
    expect(reading.desiredMissing).toBe("its resources live in another cluster");
  });
});

describe("sync of a Kustomization", () => {
  it("is OutOfSync when the source is ahead", () => {
    expect(row(kustomization(), [gitRepository(newRevision), backend, settings])).toMatchObject({
      sync: { status: "OutOfSync", reason: "SourceAhead", message: "main@4a637a6 → 91be02c" },
      revision: { applied: oldRevision, desired: newRevision },
    });
  });

  it("is Unknown when the source does not exist, and names it", () => {
    expect(row(kustomization(), [backend, settings]).sync).toEqual({
      status: "Unknown",
      reason: "SourceMissing",
      message: "GitRepository doc-router/doc-router does not exist",
    });
  });

  it("is Unknown when the source has nothing, in the source's words", () => {
    const application = row(kustomization(), [gitRepository(undefined), backend, settings]);
    expect(application.sync.status).toBe("Unknown");
    expect(application.sync.message).toMatch(/^GitRepository\/doc-router: failed to checkout/);
  });

  it("is OutOfSync before anything was applied", () => {
    const object = kustomization({
      ready: { status: "False", reason: "ArtifactFailed", message: "Source artifact not found, retrying in 30s" },
      status: { lastAppliedRevision: undefined, inventory: undefined },
    });
    expect(row(object).sync).toMatchObject({
      status: "OutOfSync",
      message: "main@4a637a6 has never been applied: the last attempt failed: Source artifact not found",
    });
  });
});

describe("a Kustomization", () => {
  it("has a running sync when one is requested and not answered", () => {
    const requested = { annotations: { "reconcile.fluxcd.io/requestedAt": "2026-03-01T10:00:00.123Z" } };
    expect(row(kustomization({ metadata: requested })).operation).toMatchObject({
      kind: "sync",
      phase: "Running",
      startedAt: "2026-03-01T10:00:00.123Z",
    });
    const answered = kustomization({
      metadata: requested,
      status: { lastHandledReconcileAt: "2026-03-01T10:00:00.123Z" },
    });
    expect(row(answered).operation).toMatchObject({ phase: "Succeeded" });
  });

  it("shows a hold and ignores what is none", () => {
    const hold = { by: "ada", at: "2026-03-01T10:00:00Z", revision: oldRevision, from: newRevision };
    expect(
      row(kustomization({ metadata: { annotations: { "driftglass.io/hold": JSON.stringify(hold) } } })).hold,
    ).toEqual(hold);
    expect(row(kustomization({ metadata: { annotations: { "driftglass.io/hold": "{broken" } } })).hold).toBeUndefined();
  });

  it("is managed by the Kustomization that its labels name, but never by itself", () => {
    const labels = (name: string) => ({
      labels: { "kustomize.toolkit.fluxcd.io/name": name, "kustomize.toolkit.fluxcd.io/namespace": ns },
    });
    expect(row(kustomization({ metadata: labels("root") })).managedBy).toEqual({
      engine: "flux-kustomization",
      namespace: ns,
      name: "root",
    });
    expect(row(kustomization({ metadata: labels("staging") })).managedBy).toBeUndefined();
  });

  it("loads desired state anew when what it is made of changes", () => {
    const spec = { postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "cluster" }] } };
    const input = (resourceVersion: string): Sketch => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "cluster", namespace: ns, resourceVersion },
    });
    const key = (version: string, revision = oldRevision) =>
      read(kustomization({ spec }), [gitRepository(revision), input(version)]).desiredKey;
    expect(key("1")).toBe(key("1"));
    expect(key("1")).not.toBe(key("2"));
    expect(read(kustomization({ spec })).dependsOn).toContain("/ConfigMap/doc-router/cluster");
  });

  it("keeps its last builds, the current one first, and says which can be held", () => {
    const history = fluxKustomization.history(unit, context([kustomization(), gitRepository(oldRevision)]));
    expect(history?.map((entry) => [entry.id, entry.current, entry.restorable, entry.whyNot])).toEqual([
      ["sha256:two", true, false, "this revision is applied now"],
      ["sha256:one", false, true, undefined],
      ["sha256:bad", false, false, "it failed at this revision (HealthCheckFailed)"],
    ]);
  });

  it("tells its conditions and facts", () => {
    const { conditions, facts } = fluxKustomization.detail(
      unit,
      context([kustomization(), gitRepository(oldRevision)]),
    );
    expect(conditions[0]?.type).toBe("Ready");
    expect(facts).toContainEqual({ label: "Interval", value: "10m", kind: "duration" });
    expect(facts).toContainEqual({ label: "Took", value: "1.5s", kind: "duration" });
  });

  it("does not exist when the store has none", () => {
    expect(fluxKustomization.read(unit, context([]))).toBeUndefined();
    expect(fluxKustomization.unitsOf(stored(kustomization()))).toEqual([unit]);
    expect(fluxKustomization.unitsOf(stored(backend))).toEqual([]);
  });
});
