import { describe, expect, it } from "vitest";
import type { HealthStatus } from "../health-status.ts";
import { judgeHealth } from "../health.ts";

type Fixture = readonly [fact: string, status: HealthStatus, object: object, reason?: string];

const condition = (type: string, status: string, reason = "", more: object = {}) => ({
  type,
  status,
  reason,
  message: "",
  ...more,
});
const resource = (
  apiVersion: string,
  kind: string,
  status: object | undefined,
  spec: object = {},
  metadata: object = {},
) => ({
  apiVersion,
  kind,
  metadata: { name: "it", generation: 2, ...metadata },
  spec,
  ...(status && { status }),
});

const flux = (kind: string, conditions: object[], more: object = {}) =>
  resource(kind === "HelmRelease" ? "helm.toolkit.fluxcd.io/v2" : "kustomize.toolkit.fluxcd.io/v1", kind, {
    conditions,
    observedGeneration: 2,
    ...more,
  });
const source = (...conditions: object[]) => resource("source.toolkit.fluxcd.io/v1", "GitRepository", { conditions });
const rollout = (status: object, spec: object = {}) =>
  resource(
    "argoproj.io/v1alpha1",
    "Rollout",
    { observedGeneration: "2", ...status },
    { replicas: 2, strategy: { canary: {} }, ...spec },
  );
const moving = { currentPodHash: "b", stableRS: "a", replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const route = (...parents: object[]) => resource("gateway.networking.k8s.io/v1", "HTTPRoute", { parents });
const parent = (...conditions: object[]) => ({ parentRef: { name: "edge" }, conditions });
const bucket = (...conditions: object[]) => resource("s3.aws.upbound.io/v1beta2", "Bucket", { conditions });
const knative = (...conditions: object[]) => resource("serving.knative.dev/v1", "Service", { conditions });
const postgres = (phase: string, annotations: object = {}) =>
  resource(
    "postgresql.cnpg.io/v1",
    "Cluster",
    { phase, conditions: [condition("Ready", "True")] },
    {},
    { annotations },
  );
const elasticsearch = (status: object) =>
  resource("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", status, { nodeSets: [{ count: 2 }, { count: 1 }] });
const scaled = (...conditions: object[]) => resource("keda.sh/v1alpha1", "ScaledObject", { conditions });
const certificate = (...conditions: object[]) => resource("cert-manager.io/v1", "Certificate", { conditions });
const kafka = (...conditions: object[]) => resource("kafka.strimzi.io/v1", "Kafka", { conditions });
const nodeClaim = (...conditions: object[]) => resource("karpenter.sh/v1", "NodeClaim", { conditions });

const fixtures: readonly Fixture[] = [
  [
    "a Kustomization that is ready is",
    "Healthy",
    flux("Kustomization", [condition("Ready", "True", "ReconciliationSucceeded")]),
  ],
  [
    "a suspended Kustomization is",
    "Suspended",
    { ...flux("Kustomization", [condition("Ready", "True")]), spec: { suspend: true } },
  ],
  [
    "a Kustomization that was ready before its spec changed is",
    "Progressing",
    flux("Kustomization", [condition("Ready", "True")], { observedGeneration: 1 }),
  ],
  [
    "a Kustomization that waits for another is",
    "Progressing",
    flux("Kustomization", [condition("Ready", "False", "DependencyNotReady")]),
    "DependencyNotReady",
  ],
  [
    "a Kustomization whose build fails again and again is",
    "Degraded",
    flux("Kustomization", [
      condition("Reconciling", "True", "ProgressingWithRetry"),
      condition("Ready", "False", "BuildFailed"),
    ]),
    "BuildFailed",
  ],
  [
    "a Kustomization that is being applied is",
    "Progressing",
    flux("Kustomization", [
      condition("Reconciling", "True", "Progressing"),
      condition("Ready", "Unknown", "Progressing"),
    ]),
  ],
  [
    "a HelmRelease that is released and tested is",
    "Healthy",
    flux("HelmRelease", [condition("Ready", "True"), condition("Released", "True"), condition("TestSuccess", "True")]),
  ],
  [
    "a HelmRelease whose upgrade failed is",
    "Degraded",
    flux("HelmRelease", [
      condition("Ready", "False", "UpgradeFailed"),
      condition("Released", "False", "UpgradeFailed"),
    ]),
    "UpgradeFailed",
  ],
  [
    "a GitRepository with its artifact is",
    "Healthy",
    source(condition("Ready", "True"), condition("ArtifactInStorage", "True")),
  ],
  [
    "a GitRepository that can't be cloned is",
    "Degraded",
    source(condition("Ready", "False", "GitOperationFailed")),
    "GitOperationFailed",
  ],
  [
    "a Flux Provider without a status is",
    "Healthy",
    resource("notification.toolkit.fluxcd.io/v1beta3", "Provider", undefined),
  ],
  [
    "an Application is as Argo CD says",
    "Degraded",
    resource("argoproj.io/v1alpha1", "Application", { health: { status: "Degraded" } }),
  ],
  [
    "an Application that was never judged is",
    "Progressing",
    resource("argoproj.io/v1alpha1", "Application", undefined),
  ],
  ["a Rollout is what its phase says", "Healthy", rollout({ phase: "Healthy" })],
  ["a paused Rollout is", "Suspended", rollout({ phase: "Paused", message: "CanaryPauseStep" }), "CanaryPauseStep"],
  ["a Rollout whose spec is not observed is", "Progressing", rollout({ phase: "Healthy", observedGeneration: "1" })],
  ["an old Rollout at its canary steps is", "Progressing", rollout(moving), "CanarySteps"],
  ["an old Rollout that is through is", "Healthy", rollout({ ...moving, stableRS: "b" })],
  [
    "an old Rollout that was aborted is",
    "Degraded",
    rollout({ ...moving, conditions: [condition("Progressing", "False", "RolloutAborted")] }),
    "RolloutAborted",
  ],
  [
    "a route that its parent accepts is",
    "Healthy",
    route(parent(condition("Accepted", "True"), condition("ResolvedRefs", "True"))),
  ],
  [
    "a route to a Service that does not exist is",
    "Degraded",
    route(parent(condition("Accepted", "True"), condition("ResolvedRefs", "False", "BackendNotFound"))),
    "BackendNotFound",
  ],
  ["a route that no controller has seen is", "Progressing", route()],
  [
    "a route that was accepted before its spec changed is",
    "Progressing",
    route(parent(condition("Accepted", "True", "", { observedGeneration: 1 }))),
  ],
  [
    "a Crossplane resource that is ready and synced is",
    "Healthy",
    bucket(condition("Ready", "True"), condition("Synced", "True")),
  ],
  [
    "a Crossplane resource that can't be synced is",
    "Degraded",
    bucket(condition("Ready", "True"), condition("Synced", "False", "ReconcileError")),
    "ReconcileError",
  ],
  [
    "a Crossplane resource that is being created is",
    "Progressing",
    bucket(condition("Ready", "False", "Creating"), condition("Synced", "True")),
    "Creating",
  ],
  ["a Crossplane composition is", "Healthy", resource("apiextensions.crossplane.io/v1", "Composition", {})],
  [
    "a Crossplane provider that is not healthy is",
    "Degraded",
    resource("pkg.crossplane.io/v1", "Provider", {
      conditions: [condition("Installed", "True"), condition("Healthy", "False", "UnhealthyPackageRevision")],
    }),
    "UnhealthyPackageRevision",
  ],
  [
    "a Knative Service with all its parts is",
    "Healthy",
    knative(condition("ConfigurationsReady", "True"), condition("RoutesReady", "True"), condition("Ready", "True")),
  ],
  [
    "a Knative Service whose revision failed is",
    "Degraded",
    knative(condition("ConfigurationsReady", "False", "RevisionFailed"), condition("Ready", "Unknown")),
    "RevisionFailed",
  ],
  [
    "a Knative Service on its way is",
    "Progressing",
    knative(condition("ConfigurationsReady", "True"), condition("RoutesReady", "Unknown")),
  ],
  ["a PostgreSQL cluster is what its phase says", "Healthy", postgres("Cluster in healthy state")],
  ["a PostgreSQL cluster that fails over is", "Degraded", postgres("Failing over")],
  [
    "a PostgreSQL cluster that nobody reconciles is",
    "Suspended",
    postgres("Cluster in healthy state", { "cnpg.io/reconciliationLoop": "disabled" }),
  ],
  [
    "an Elasticsearch with all nodes and a green health is",
    "Healthy",
    elasticsearch({ availableNodes: 3, phase: "Ready", health: "green" }),
  ],
  [
    "an Elasticsearch with too few nodes is",
    "Progressing",
    elasticsearch({ availableNodes: 2, phase: "Ready", health: "red" }),
    "LessAvailable",
  ],
  [
    "an Elasticsearch that lost data is",
    "Degraded",
    elasticsearch({ availableNodes: 3, phase: "Ready", health: "red" }),
  ],
  ["an Elasticsearch that says nothing of itself is", "Unknown", elasticsearch({})],
  [
    "a ScaledObject that can't read its metric is",
    "Degraded",
    scaled(condition("Ready", "True"), condition("Fallback", "True")),
  ],
  ["a ScaledObject that is paused is", "Suspended", scaled(condition("Ready", "True"), condition("Paused", "True"))],
  [
    "a Certificate that is being issued is",
    "Progressing",
    certificate(condition("Ready", "False"), condition("Issuing", "True")),
  ],
  ["a Certificate that is there is", "Healthy", certificate(condition("Ready", "True"))],
  ["a Kafka that is being created is", "Progressing", kafka(condition("NotReady", "True", "Creating")), "Creating"],
  ["a Kafka that is not ready is", "Degraded", kafka(condition("NotReady", "True", "FatalProblem")), "FatalProblem"],
  [
    "a NodeClaim that is on its way out is",
    "Suspended",
    nodeClaim(condition("Ready", "True"), condition("Disrupting", "True")),
  ],
  ["a NodeClaim that was launched is", "Progressing", nodeClaim(condition("Launched", "True"))],
];

describe("by the rules of the ecosystems", () => {
  it.each(fixtures)("%s %s", (_fact, status, object, reason) => {
    const health = judgeHealth(object);
    expect(health).toMatchObject(reason === undefined ? { status } : { status, reason });
  });

  it("a route names the parent that objects", () => {
    const refused = condition("Accepted", "False", "NotAllowedByListeners", { message: "no listener allows it" });
    expect(judgeHealth(route(parent(refused))).message).toBe("edge: no listener allows it");
  });
});
