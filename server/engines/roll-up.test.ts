import { describe, expect, it } from "vitest";
import type { InventoryItem } from "./engine.ts";
import { resourceTree } from "./resource-tree.ts";
import { rollUp } from "./roll-up.ts";
import { memoryStore, type Sketch, stored } from "./testing/memory-store.ts";
import { configMap, deployment, pod, replicaSet } from "./testing/objects.ts";

const kstatus = { source: "kstatus" } as const;
const argocd = { source: "argocd" } as const;
const ns = "doc-router";

function inventoryOf(...sketches: readonly Sketch[]): InventoryItem[] {
  return sketches.map((sketch) => ({ ref: stored(sketch).ref }));
}

describe("rollUp", () => {
  const backend = deployment("backend", ns);
  const settings = configMap("settings", ns);

  it("is Healthy when every resource is", () => {
    const { health, counts } = rollUp(inventoryOf(backend, settings), memoryStore([backend, settings]), kstatus);
    expect(health).toEqual({ status: "Healthy" });
    expect(counts).toEqual({ Healthy: 2 });
  });

  it("is Missing with the name of what is gone", () => {
    const { health, counts } = rollUp(inventoryOf(backend, settings), memoryStore([backend]), kstatus);
    expect(health).toMatchObject({
      status: "Missing",
      message: "ConfigMap/settings is not in the cluster",
      cause: { kind: "ConfigMap", name: "settings" },
    });
    expect(counts).toEqual({ Healthy: 1, Missing: 1 });
  });

  it("leaves a Missing resource out under Argo CD's rules unless nothing is live", () => {
    expect(rollUp(inventoryOf(backend, settings), memoryStore([backend]), argocd).health.status).toBe("Healthy");
    expect(rollUp(inventoryOf(backend, settings), memoryStore([]), argocd).health.status).toBe("Missing");
  });

  it("doesn't count what this person may not read as Missing", () => {
    const secret: InventoryItem = { ref: { group: "", kind: "Secret", namespace: ns, name: "tls" } };
    const store = memoryStore([backend], { "/Secret": { state: "forbidden" } });
    const { health, counts, reasons } = rollUp([...inventoryOf(backend), secret], store, kstatus);
    expect(health.status).toBe("Healthy");
    expect(counts).toEqual({ Healthy: 1, Unknown: 1 });
    expect(reasons).toEqual([{ about: "health", text: "no permission to read Secrets in doc-router" }]);
  });

  it("is Unknown when nothing may be read", () => {
    const store = memoryStore([], { "apps/Deployment": { state: "namespaces", namespaces: ["team-a"] } });
    expect(rollUp(inventoryOf(backend), store, kstatus).health).toMatchObject({
      status: "Unknown",
      message: "no permission to read Deployments in doc-router",
    });
  });

  it("calls a resource Missing in a namespace that is read", () => {
    const store = memoryStore([], { "apps/Deployment": { state: "namespaces", namespaces: [ns] } });
    expect(rollUp(inventoryOf(backend), store, kstatus).health.status).toBe("Missing");
  });

  it("doesn't call anything Missing while its kind is being listed", () => {
    const store = memoryStore([], { "apps/Deployment": { state: "syncing" } });
    expect(rollUp(inventoryOf(backend), store, kstatus).health).toMatchObject({ status: "Unknown", reason: "Loading" });
  });

  const worker = deployment("worker", ns, { replicas: 1, ready: 0 });
  const crashing = [
    worker,
    replicaSet("worker", ns, 1, 1),
    pod("worker-1-x", ns, "replicaset-worker-1", "CrashLoopBackOff", "worker"),
  ];

  it("is Degraded under kstatus when a Pod below crash-loops, in the Pod's words", () => {
    const { health } = rollUp(inventoryOf(worker, backend), memoryStore([...crashing, backend]), kstatus);
    expect(health).toMatchObject({
      status: "Degraded",
      reason: "CrashLoopBackOff",
      message: "worker: CrashLoopBackOff, exit 1, restarted 4 times",
      cause: { kind: "Pod", name: "worker-1-x" },
    });
  });

  it("keeps Argo CD's word and takes the Pod's words", () => {
    const { health } = rollUp(inventoryOf(worker), memoryStore(crashing), argocd);
    expect(health).toMatchObject({
      status: "Progressing",
      message: "worker: CrashLoopBackOff, exit 1, restarted 4 times",
      cause: { kind: "Pod" },
    });
  });

  it("names the workload when the container is called otherwise", () => {
    const objects = [
      worker,
      replicaSet("worker", ns, 1, 1),
      pod("worker-1-x", ns, "replicaset-worker-1", "ImagePullBackOff"),
    ];
    expect(rollUp(inventoryOf(worker), memoryStore(objects), kstatus).health.message).toBe(
      "worker/app: ImagePullBackOff",
    );
  });

  it("keeps the workload's own words while its Pods merely start", () => {
    const starting = pod("worker-1-x", ns, "replicaset-worker-1");
    const pending = { ...starting, status: { phase: "Pending" } };
    const { health } = rollUp(
      inventoryOf(worker),
      memoryStore([worker, replicaSet("worker", ns, 1, 1), pending]),
      kstatus,
    );
    expect(health).toMatchObject({
      status: "Progressing",
      message: "Deployment/worker: Available: 0/1",
      cause: { kind: "Deployment" },
    });
  });

  it("doesn't blame a crash-looping Pod of an older ReplicaSet", () => {
    const objects = [
      worker,
      replicaSet("worker", ns, 1, 1),
      replicaSet("worker", ns, 2, 1),
      pod("old", ns, "replicaset-worker-1", "CrashLoopBackOff"),
    ];
    expect(rollUp(inventoryOf(worker), memoryStore(objects), kstatus).health.status).toBe("Progressing");
  });

  it("doesn't count hooks and ignored resources", () => {
    const [item] = inventoryOf(worker);
    if (item === undefined) throw new Error("no item");
    expect(rollUp([{ ...item, ignoreHealth: true }], memoryStore(crashing), argocd).health.status).toBe("Healthy");
    expect(rollUp([{ ...item, hook: true }], memoryStore(crashing), argocd).counts).toEqual({});
  });

  it("never calls resources of another cluster Missing", () => {
    const { health } = rollUp([{ ref: stored(backend).ref, remote: true }], memoryStore([]), kstatus);
    expect(health).toMatchObject({ status: "Unknown", message: "lives in another cluster" });
  });
});

describe("resourceTree", () => {
  const backend = deployment("backend", ns, { replicas: 1 });
  const objects = [
    backend,
    replicaSet("backend", ns, 1, 0),
    replicaSet("backend", ns, 2, 1),
    pod("backend-2-x", ns, "replicaset-backend-2"),
  ];

  it("goes from the workload down to its Pods and leaves empty ReplicaSets out", () => {
    const nodes = resourceTree(inventoryOf(backend), memoryStore(objects), kstatus);
    expect(nodes.map((node) => [node.ref.kind, node.ref.name, node.parent])).toEqual([
      ["Deployment", "backend", undefined],
      ["ReplicaSet", "backend-2", "apps/Deployment/doc-router/backend"],
      ["Pod", "backend-2-x", "apps/ReplicaSet/doc-router/backend-2"],
    ]);
    expect(nodes.map((node) => node.summary)).toEqual([
      "1/1 ready · backend:1.4.2",
      "1/1 ready · backend:1.4.2",
      "Running · 1/1 ready",
    ]);
  });

  it("shows what is desired and gone as not live", () => {
    expect(resourceTree(inventoryOf(configMap("gone", ns)), memoryStore([]), kstatus)).toMatchObject([
      { live: "no", health: { status: "Missing" } },
    ]);
  });
});
