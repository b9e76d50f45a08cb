import { describe, expect, it } from "vitest";
import type { HealthStatus } from "../health-status.ts";
import { judgeHealth } from "../health.ts";

type Fixture = readonly [fact: string, status: HealthStatus, object: object, reason?: string];

const custom = (status: object | undefined, metadata: object = {}) => ({
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name: "w", generation: 3, ...metadata },
  ...(status && { status }),
});
const condition = (type: string, status: string, reason = "") => ({ type, status, reason });
const deployment = (status: object, spec: object = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { generation: 1 },
  spec: { replicas: 2, progressDeadlineSeconds: 600, ...spec },
  status: {
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    conditions: [condition("Available", "True"), condition("Progressing", "True", "NewReplicaSetAvailable")],
    ...status,
  },
});
const statefulSet = (updateStrategy: object, status: object) => ({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  spec: { replicas: 2, updateStrategy },
  status: {
    replicas: 2,
    readyReplicas: 2,
    currentReplicas: 2,
    updatedReplicas: 2,
    currentRevision: "a",
    updateRevision: "a",
    ...status,
  },
});
const replicaSet = (status: object) => ({
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  spec: { replicas: 2 },
  status: { replicas: 2, fullyLabeledReplicas: 2, availableReplicas: 2, readyReplicas: 2, ...status },
});
const daemonSet = (status: object, metadata: object = { generation: 1 }) => ({
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata,
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: 2,
    currentNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
    numberReady: 2,
    ...status,
  },
});
const job = (status: object, spec: object = {}) => ({ apiVersion: "batch/v1", kind: "Job", spec, status });

const fixtures: readonly Fixture[] = [
  [
    "an object that is being deleted is",
    "Progressing",
    custom({}, { deletionTimestamp: "2026-03-01T12:00:00Z" }),
    "Terminating",
  ],
  [
    "an object whose generation is not observed is",
    "Progressing",
    custom({ observedGeneration: 2 }),
    "LatestGenerationNotObserved",
  ],
  [
    "an object that is reconciling is",
    "Progressing",
    custom({ conditions: [condition("Reconciling", "True", "Working"), condition("Ready", "True")] }),
    "Working",
  ],
  [
    "an object that has stalled is",
    "Degraded",
    custom({ conditions: [condition("Stalled", "True", "BuildFailed")] }),
    "BuildFailed",
  ],
  ["an object that is ready is", "Healthy", custom({ conditions: [condition("Ready", "True")] })],
  [
    "an object that is not ready is",
    "Progressing",
    custom({ conditions: [condition("Ready", "False", "DependencyNotReady")] }),
    "DependencyNotReady",
  ],
  [
    "an object that does not know whether it is ready is",
    "Progressing",
    custom({ conditions: [condition("Ready", "Unknown")] }),
  ],
  ["an object that says nothing is", "Healthy", custom(undefined)],
  ["an object with a condition of its own is", "Healthy", custom({ conditions: [condition("Painted", "False")] })],
  ["a Deployment that is rolled out is", "Healthy", deployment({})],
  [
    "a Deployment past its deadline is",
    "Degraded",
    deployment({ conditions: [condition("Progressing", "False", "ProgressDeadlineExceeded")] }),
    "ProgressDeadlineExceeded",
  ],
  ["a Deployment with too few replicas is", "Progressing", deployment({ replicas: 1 }), "LessReplicas"],
  ["a Deployment with replicas to update is", "Progressing", deployment({ updatedReplicas: 1 }), "LessUpdated"],
  ["a Deployment with old replicas is", "Progressing", deployment({ replicas: 3 }), "ExtraPods"],
  ["a Deployment with unavailable replicas is", "Progressing", deployment({ availableReplicas: 1 }), "LessAvailable"],
  ["a Deployment with unready replicas is", "Progressing", deployment({ readyReplicas: 1 }), "LessReady"],
  [
    "a Deployment without a deadline needs no Progressing condition and is",
    "Healthy",
    deployment({ conditions: [condition("Available", "True")] }, { progressDeadlineSeconds: 2_147_483_647 }),
  ],
  [
    "a Deployment whose ReplicaSet is not available is",
    "Progressing",
    deployment({ conditions: [condition("Available", "True")] }),
    "ReplicaSetNotAvailable",
  ],
  ["a paused Deployment is no different: it is", "Healthy", deployment({}, { paused: true })],
  ["a StatefulSet that is rolled out is", "Healthy", statefulSet({}, {})],
  ["a StatefulSet with unready replicas is", "Progressing", statefulSet({}, { readyReplicas: 1 }), "LessReady"],
  ["a StatefulSet between revisions is", "Progressing", statefulSet({}, { updateRevision: "b" }), "RevisionMismatch"],
  [
    "a StatefulSet not updated above its partition is",
    "Progressing",
    statefulSet({ rollingUpdate: { partition: 1 } }, { updatedReplicas: 0 }),
    "PartitionRollout",
  ],
  ["a StatefulSet updated on delete is", "Healthy", statefulSet({ type: "OnDelete" }, { readyReplicas: 0 })],
  ["a ReplicaSet with all replicas is", "Healthy", replicaSet({})],
  [
    "a ReplicaSet that can't create Pods is",
    "Progressing",
    replicaSet({ conditions: [condition("ReplicaFailure", "True", "FailedCreate")] }),
    "FailedCreate",
  ],
  ["a DaemonSet on all nodes is", "Healthy", daemonSet({})],
  [
    "a DaemonSet that was never observed is",
    "Progressing",
    daemonSet({ observedGeneration: undefined }),
    "NoObservedGeneration",
  ],
  ["a DaemonSet with unavailable Pods is", "Progressing", daemonSet({ numberAvailable: 1 }), "LessAvailable"],
  ["a Job that has not started is", "Progressing", job({}), "JobNotStarted"],
  ["a Job that runs is", "Healthy", job({ startTime: "2026-03-01T12:00:00Z", active: 1 })],
  [
    "a Job that failed is",
    "Degraded",
    job({ conditions: [condition("Failed", "True", "BackoffLimitExceeded")] }),
    "BackoffLimitExceeded",
  ],
  ["a Job that is suspended is", "Healthy", job({ conditions: [condition("Suspended", "True")] }, { suspend: true })],
  [
    "a Job that is no longer to be suspended is",
    "Progressing",
    job({ conditions: [condition("Suspended", "True")] }, { suspend: false }),
  ],
  ["a CronJob is", "Healthy", { apiVersion: "batch/v1", kind: "CronJob" }],
  [
    "a load balancer without an address is",
    "Healthy",
    { apiVersion: "v1", kind: "Service", spec: { type: "LoadBalancer", clusterIP: "10.0.0.1" } },
  ],
  [
    "a load balancer without a cluster IP is",
    "Progressing",
    { apiVersion: "v1", kind: "Service", spec: { type: "LoadBalancer" } },
    "NoIPAssigned",
  ],
  [
    "a claim that is not bound is",
    "Progressing",
    { apiVersion: "v1", kind: "PersistentVolumeClaim", status: { phase: "Lost" } },
    "NotBound",
  ],
  [
    "a definition without conditions is",
    "Progressing",
    { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
    "Installing",
  ],
];

describe("by kstatus's rules", () => {
  it.each(fixtures)("%s %s", (_fact, status, object, reason) => {
    const health = judgeHealth(object, { source: "kstatus" });
    expect(health).toMatchObject(reason === undefined ? { status } : { status, reason });
  });
});
