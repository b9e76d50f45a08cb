import { describe, expect, it } from "vitest";
import type { HealthStatus } from "../health-status.ts";
import { judgeHealth } from "../health.ts";

type Fixture = readonly [fact: string, status: HealthStatus, object: object, reason?: string];

const deployment = (spec: object, status: object) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", generation: 2 },
  spec: { replicas: 3, ...spec },
  status: { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3, ...status },
});
const quota = { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: "exceeded quota: pods=10" };
const statefulSet = (updateStrategy: object, status: object) => ({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "db", generation: 1 },
  spec: { replicas: 3, updateStrategy },
  status: {
    observedGeneration: 1,
    readyReplicas: 3,
    updatedReplicas: 3,
    updateRevision: "b",
    currentRevision: "b",
    ...status,
  },
});
const daemonSet = (status: object, strategy = "RollingUpdate") => ({
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "agent", generation: 1 },
  spec: { updateStrategy: { type: strategy } },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberAvailable: 3,
    ...status,
  },
});
const replicaSet = (status: object) => ({
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  metadata: { name: "web-1", generation: 1 },
  spec: { replicas: 2 },
  status: { observedGeneration: 1, availableReplicas: 2, ...status },
});
const job = (...conditions: object[]) => ({ apiVersion: "batch/v1", kind: "Job", status: { conditions } });
const cronJob = (spec: object, status?: object) => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  spec,
  ...(status && { status }),
});
const autoscaler = (...conditions: object[]) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  status: { conditions },
});
const oldAutoscaler = (annotation: string) => ({
  apiVersion: "autoscaling/v1",
  kind: "HorizontalPodAutoscaler",
  metadata: { annotations: { "autoscaling.alpha.kubernetes.io/conditions": annotation } },
});
const loadBalancer = (ingress: object[]) => ({
  apiVersion: "v1",
  kind: "Service",
  spec: { type: "LoadBalancer" },
  status: { loadBalancer: { ingress } },
});
const ingress = (...addresses: object[]) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  status: { loadBalancer: { ingress: addresses } },
});
const claim = (phase: string) => ({ apiVersion: "v1", kind: "PersistentVolumeClaim", status: { phase } });
const definition = (...conditions: object[]) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  status: { conditions },
});
const apiService = (...conditions: object[]) => ({
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  status: { conditions },
});
const budget = (...conditions: object[]) => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  status: { conditions },
});

const fixtures: readonly Fixture[] = [
  ["a Deployment with all replicas is", "Healthy", deployment({}, {})],
  ["a paused Deployment is", "Suspended", deployment({ paused: true }, {}), "DeploymentPaused"],
  [
    "a Deployment whose new spec is not observed is",
    "Progressing",
    deployment({}, { observedGeneration: 1 }),
    "GenerationNotObserved",
  ],
  ["a Deployment with replicas to update is", "Progressing", deployment({}, { updatedReplicas: 1 }), "LessUpdated"],
  ["a Deployment with old replicas is", "Progressing", deployment({}, { replicas: 4 }), "OldReplicas"],
  [
    "a Deployment with unavailable replicas is",
    "Progressing",
    deployment({}, { availableReplicas: 2 }),
    "LessAvailable",
  ],
  [
    "a Deployment that a quota stops is",
    "Progressing",
    deployment({}, { availableReplicas: 2, conditions: [quota] }),
    "FailedCreate",
  ],
  [
    "a Deployment past its deadline is",
    "Degraded",
    deployment({}, { conditions: [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }] }),
    "ProgressDeadlineExceeded",
  ],
  ["a StatefulSet with all replicas is", "Healthy", statefulSet({ type: "RollingUpdate" }, {})],
  ["a StatefulSet that was never observed is", "Progressing", statefulSet({}, { observedGeneration: 0 })],
  ["a StatefulSet with unready replicas is", "Progressing", statefulSet({}, { readyReplicas: 1 }), "LessReady"],
  ["a StatefulSet between revisions is", "Progressing", statefulSet({}, { currentRevision: "a" }), "LessUpdated"],
  [
    "a StatefulSet updated above its partition is",
    "Healthy",
    statefulSet(
      { type: "RollingUpdate", rollingUpdate: { partition: 2 } },
      { updatedReplicas: 1, currentRevision: "a" },
    ),
  ],
  [
    "a StatefulSet not updated above its partition is",
    "Progressing",
    statefulSet({ type: "RollingUpdate", rollingUpdate: { partition: 1 } }, { updatedReplicas: 1 }),
  ],
  ["a StatefulSet updated on delete is", "Healthy", statefulSet({ type: "OnDelete" }, { currentRevision: "a" })],
  ["a DaemonSet on all nodes is", "Healthy", daemonSet({})],
  ["a DaemonSet with Pods to update is", "Progressing", daemonSet({ updatedNumberScheduled: 1 }), "LessUpdated"],
  ["a DaemonSet with unavailable Pods is", "Progressing", daemonSet({ numberAvailable: 1 }), "LessAvailable"],
  ["a DaemonSet updated on delete is", "Healthy", daemonSet({ updatedNumberScheduled: 0 }, "OnDelete")],
  ["a ReplicaSet with all replicas is", "Healthy", replicaSet({})],
  ["a ReplicaSet with too few replicas is", "Progressing", replicaSet({ availableReplicas: 1 })],
  ["a ReplicaSet that can't create Pods is", "Degraded", replicaSet({ conditions: [quota] }), "FailedCreate"],
  ["a Job that runs is", "Progressing", job()],
  ["a Job that is complete is", "Healthy", job({ type: "Complete", status: "True" })],
  [
    "a Job that failed is",
    "Degraded",
    job({ type: "Failed", status: "True", reason: "BackoffLimitExceeded" }),
    "BackoffLimitExceeded",
  ],
  [
    "a Job that is suspended is",
    "Suspended",
    job({ type: "Suspended", status: "True", reason: "JobSuspended" }),
    "JobSuspended",
  ],
  ["a CronJob without a status is", "Progressing", cronJob({})],
  ["a suspended CronJob is", "Healthy", cronJob({ suspend: true }), "Suspended"],
  ["a CronJob that waits for its first run is", "Healthy", cronJob({}, {})],
  [
    "a CronJob whose last run succeeded is",
    "Healthy",
    cronJob({}, { lastScheduleTime: "2026-03-01T12:00:00Z", lastSuccessfulTime: "2026-03-01T12:01:00Z" }),
  ],
  [
    "a CronJob whose last run did not succeed is",
    "Degraded",
    cronJob({}, { lastScheduleTime: "2026-03-01T12:00:00Z", lastSuccessfulTime: "2026-03-01T11:01:00Z" }),
    "LastRunFailed",
  ],
  [
    "a CronJob that runs is",
    "Healthy",
    cronJob({}, { active: [{}], lastScheduleTime: "2026-03-01T12:00:00Z", lastSuccessfulTime: "2026-03-01T11:01:00Z" }),
  ],
  [
    "an autoscaler that is able to scale is",
    "Healthy",
    autoscaler({ type: "AbleToScale", status: "True", reason: "ReadyForNewScale" }),
  ],
  [
    "an autoscaler without its metric is",
    "Degraded",
    autoscaler(
      { type: "AbleToScale", status: "True" },
      { type: "ScalingActive", status: "False", reason: "FailedGetResourceMetric" },
    ),
    "FailedGetResourceMetric",
  ],
  ["an autoscaler without conditions is", "Progressing", autoscaler()],
  ["an old autoscaler that is able to scale is", "Healthy", oldAutoscaler('[{"type":"AbleToScale","status":"True"}]')],
  ["an old autoscaler whose conditions are no JSON is", "Unknown", oldAutoscaler("[{")],
  ["a Service inside the cluster is", "Healthy", { apiVersion: "v1", kind: "Service", spec: { type: "ClusterIP" } }],
  ["a load balancer without an address is", "Progressing", loadBalancer([]), "NoAddress"],
  ["a load balancer with an address is", "Healthy", loadBalancer([{ ip: "192.0.2.1" }])],
  ["an Ingress without an address is", "Progressing", ingress(), "NoAddress"],
  ["an Ingress with an address is", "Healthy", ingress({ hostname: "lb.example.com" })],
  ["a bound claim is", "Healthy", claim("Bound")],
  ["a pending claim is", "Progressing", claim("Pending"), "Pending"],
  ["a lost claim is", "Degraded", claim("Lost"), "Lost"],
  [
    "an established definition is",
    "Healthy",
    definition({ type: "NamesAccepted", status: "True" }, { type: "Established", status: "True" }),
  ],
  [
    "a definition whose names are taken is",
    "Degraded",
    definition({ type: "NamesAccepted", status: "False", reason: "ListKindConflict" }),
    "ListKindConflict",
  ],
  [
    "a definition that is being installed is",
    "Progressing",
    definition({ type: "Established", status: "False", reason: "Installing" }),
  ],
  [
    "a definition that is being removed is",
    "Progressing",
    definition({ type: "Terminating", status: "True" }, { type: "Established", status: "True" }),
  ],
  ["an available API service is", "Healthy", apiService({ type: "Available", status: "True", reason: "Local" })],
  [
    "an API service without endpoints is",
    "Progressing",
    apiService({ type: "Available", status: "False", reason: "MissingEndpoints" }),
    "MissingEndpoints",
  ],
  [
    "a disruption budget with too few Pods is",
    "Healthy",
    budget({ type: "DisruptionAllowed", status: "False", reason: "InsufficientPods" }),
  ],
  [
    "a disruption budget that can't be computed is",
    "Degraded",
    budget({ type: "DisruptionAllowed", status: "False", reason: "SyncFailed" }),
    "SyncFailed",
  ],
  ["a ConfigMap is", "Healthy", { apiVersion: "v1", kind: "ConfigMap", data: {} }],
  ["an active Namespace is", "Healthy", { apiVersion: "v1", kind: "Namespace", status: { phase: "Active" } }],
  [
    "a Node that is not ready is",
    "Degraded",
    {
      apiVersion: "v1",
      kind: "Node",
      status: { conditions: [{ type: "Ready", status: "Unknown", reason: "NodeStatusUnknown" }] },
    },
    "NodeStatusUnknown",
  ],
  [
    "a failed PersistentVolume is",
    "Degraded",
    { apiVersion: "v1", kind: "PersistentVolume", status: { phase: "Failed" } },
    "Failed",
  ],
];

describe("by Argo CD's rules", () => {
  it.each(fixtures)("%s %s", (_fact, status, object, reason) => {
    const health = judgeHealth(object);
    expect(health).toMatchObject(reason === undefined ? { status } : { status, reason });
  });

  it("a roll-out says how far it is", () => {
    expect(judgeHealth(deployment({}, { availableReplicas: 2 })).message).toBe("2 of 3 updated replicas are available");
  });

  it("a roll-out that is stopped says by what", () => {
    expect(judgeHealth(deployment({}, { availableReplicas: 2, conditions: [quota] })).message).toBe(
      "exceeded quota: pods=10",
    );
  });
});
