import type { Sketch } from "./memory-store.ts";

/** A Deployment of the scenario; `ready` of `replicas` Pods are ready. */
export function deployment(
  name: string,
  namespace: string,
  {
    replicas = 2,
    ready = replicas,
    metadata = {},
  }: { replicas?: number; ready?: number; metadata?: Record<string, unknown> } = {},
): Sketch {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name,
      namespace,
      uid: `deployment-${name}`,
      generation: 1,
      creationTimestamp: "2026-03-01T08:00:00Z",
      ...metadata,
    },
    spec: {
      replicas,
      progressDeadlineSeconds: 600,
      template: { spec: { containers: [{ name: "app", image: `registry.example.com/doc/${name}:1.4.2` }] } },
    },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: [
        {
          type: "Available",
          status: ready === replicas ? "True" : "False",
          message: "Deployment does not have minimum availability.",
        },
        {
          type: "Progressing",
          status: "True",
          reason: ready === replicas ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
        },
      ],
    },
  };
}

/** A ReplicaSet of a Deployment made by {@link deployment}. */
export function replicaSet(
  owner: string,
  namespace: string,
  revision: number,
  replicas: number,
  metadata: Record<string, unknown> = {},
): Sketch {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${owner}-${revision}`,
      namespace,
      uid: `replicaset-${owner}-${revision}`,
      generation: 1,
      creationTimestamp: `2026-03-0${revision}T08:00:00Z`,
      annotations: { "deployment.kubernetes.io/revision": String(revision) },
      ownerReferences: [
        { apiVersion: "apps/v1", kind: "Deployment", name: owner, uid: `deployment-${owner}`, controller: true },
      ],
      ...metadata,
    },
    spec: {
      replicas,
      template: { spec: { containers: [{ name: "app", image: `registry.example.com/doc/${owner}:1.4.${revision}` }] } },
    },
    status: {
      observedGeneration: 1,
      replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      fullyLabeledReplicas: replicas,
    },
  };
}

/** A Pod that its ReplicaSet or StatefulSet owns; `waiting` is the reason for which its container waits. */
export function pod(name: string, namespace: string, ownerUid: string, waiting?: string, container = "app"): Sketch {
  const stuck = waiting !== undefined;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace,
      uid: `pod-${name}`,
      creationTimestamp: "2026-03-01T08:00:00Z",
      ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "owner", uid: ownerUid, controller: true }],
    },
    spec: { restartPolicy: "Always", containers: [{ name: container, image: "registry.example.com/doc/app:1.4.2" }] },
    status: {
      phase: waiting === "ImagePullBackOff" ? "Pending" : "Running",
      conditions: [{ type: "Ready", status: stuck ? "False" : "True" }],
      containerStatuses: [
        stuck
          ? {
              name: container,
              ready: false,
              restartCount: waiting === "CrashLoopBackOff" ? 4 : 0,
              state: { waiting: { reason: waiting } },
              ...(waiting === "CrashLoopBackOff" && { lastState: { terminated: { exitCode: 1, reason: "Error" } } }),
            }
          : {
              name: container,
              ready: true,
              restartCount: 0,
              state: { running: { startedAt: "2026-03-01T08:00:00Z" } },
            },
      ],
    },
  };
}

/** A ConfigMap. */
export function configMap(name: string, namespace: string, metadata: Record<string, unknown> = {}): Sketch {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace, uid: `configmap-${name}`, ...metadata },
    data: { key: "value" },
  };
}
