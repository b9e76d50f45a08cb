import { describe, expect, it } from "vitest";
import { judgeHealth } from "../health.ts";

const ready = { type: "Ready", status: "True" };
const notReady = {
  type: "Ready",
  status: "False",
  reason: "ContainersNotReady",
  message: "containers with unready status: [worker]",
};

function pod(status: object, { restartPolicy = "Always", annotations = {} } = {}) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "worker-0", annotations },
    spec: { restartPolicy },
    status,
  };
}

const crashLoop = {
  name: "worker",
  ready: false,
  restartCount: 4,
  state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 1m20s restarting failed container=worker" } },
  lastState: { terminated: { exitCode: 1, reason: "Error" } },
};

describe("a Pod by Argo CD", () => {
  it("that is ready is Healthy", () => {
    expect(judgeHealth(pod({ phase: "Running", conditions: [ready] }))).toEqual({ status: "Healthy" });
  });

  it("in a crash loop is Degraded, and says which container, its exit code and its restarts", () => {
    expect(judgeHealth(pod({ phase: "Running", conditions: [notReady], containerStatuses: [crashLoop] }))).toEqual({
      status: "Degraded",
      reason: "CrashLoopBackOff",
      message: "worker: CrashLoopBackOff, exit 1, restarted 4 times",
    });
  });

  it("whose container ran out of memory says so", () => {
    const killed = { ...crashLoop, restartCount: 1, lastState: { terminated: { exitCode: 137, reason: "OOMKilled" } } };
    expect(judgeHealth(pod({ phase: "Running", containerStatuses: [killed] })).message).toBe(
      "worker: CrashLoopBackOff, OOMKilled, exit 137, restarted once",
    );
  });

  it("that can't pull its image is Degraded with the registry's answer", () => {
    const waiting = { reason: "ImagePullBackOff", message: 'Back-off pulling image "shop/web:9"' };
    expect(judgeHealth(pod({ phase: "Pending", containerStatuses: [{ name: "web", state: { waiting } }] }))).toEqual({
      status: "Degraded",
      reason: "ImagePullBackOff",
      message: 'web: ImagePullBackOff, Back-off pulling image "shop/web:9"',
    });
  });

  it("whose init container crashes is Progressing, and names the container", () => {
    const init = { ...crashLoop, name: "migrate" };
    const waiting = { name: "worker", state: { waiting: { reason: "PodInitializing" } } };
    const health = judgeHealth(pod({ phase: "Pending", initContainerStatuses: [init], containerStatuses: [waiting] }));
    expect(health).toMatchObject({ status: "Progressing", reason: "CrashLoopBackOff" });
    expect(health.message).toContain("migrate: CrashLoopBackOff");
  });

  it("that fits on no node is Progressing and Unschedulable", () => {
    const scheduled = {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message: "0/3 nodes are available",
    };
    expect(judgeHealth(pod({ phase: "Pending", conditions: [scheduled] }))).toEqual({
      status: "Progressing",
      reason: "Unschedulable",
      message: "0/3 nodes are available",
    });
  });

  it("that creates its containers is Progressing", () => {
    const containerStatuses = [{ name: "web", state: { waiting: { reason: "ContainerCreating" } } }];
    expect(judgeHealth(pod({ phase: "Pending", containerStatuses }))).toEqual({
      status: "Progressing",
      reason: "ContainerCreating",
    });
  });

  it("that is not ready and never ended is Progressing", () => {
    expect(judgeHealth(pod({ phase: "Running", conditions: [notReady] }))).toMatchObject({
      status: "Progressing",
      reason: "ContainersNotReady",
    });
  });

  it("that is not ready again after it ended is Degraded", () => {
    const again = { ...crashLoop, state: { running: {} } };
    expect(judgeHealth(pod({ phase: "Running", conditions: [notReady], containerStatuses: [again] }))).toEqual({
      status: "Degraded",
      reason: "Error",
      message: "worker: Error, exit 1, restarted 4 times",
    });
  });

  it("that was evicted is Degraded in the kubelet's words", () => {
    const evicted = { phase: "Failed", reason: "Evicted", message: "The node was low on resource: memory." };
    expect(judgeHealth(pod(evicted))).toEqual({
      status: "Degraded",
      reason: "Evicted",
      message: "The node was low on resource: memory.",
    });
  });

  it("that ends by itself is Progressing while it runs, Healthy when done and Degraded when failed", () => {
    const once = { restartPolicy: "Never" };
    const failed = { name: "job", state: { terminated: { exitCode: 3, reason: "Error" } } };
    expect(judgeHealth(pod({ phase: "Running", conditions: [ready] }, once)).status).toBe("Progressing");
    expect(judgeHealth(pod({ phase: "Succeeded" }, once)).status).toBe("Healthy");
    expect(judgeHealth(pod({ phase: "Failed", containerStatuses: [failed] }, once))).toEqual({
      status: "Degraded",
      reason: "Error",
      message: "job: Error, exit 3",
    });
  });

  it("that is told to be judged as a server is, unless it is a hook", () => {
    const ignore = { "argocd.argoproj.io/ignore-restart-policy": "true" };
    const status = { phase: "Running", conditions: [ready] };
    expect(judgeHealth(pod(status, { restartPolicy: "Never", annotations: ignore })).status).toBe("Healthy");
    const hook = { ...ignore, "argocd.argoproj.io/hook": "PreSync" };
    expect(judgeHealth(pod(status, { restartPolicy: "Never", annotations: hook })).status).toBe("Progressing");
  });

  it("without a phase is Unknown", () => {
    expect(judgeHealth(pod({}))).toEqual({ status: "Unknown" });
  });
});

describe("a Pod by kstatus", () => {
  const kstatus = { source: "kstatus", now: Date.parse("2026-03-01T12:00:00Z") } as const;
  const unschedulable = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message: "0/3 nodes are available",
  };
  const created = (creationTimestamp: string) => ({
    ...pod({ phase: "Pending", conditions: [unschedulable] }),
    metadata: { name: "worker-0", creationTimestamp },
  });

  it("that failed is Healthy, for it is done", () => {
    expect(judgeHealth(pod({ phase: "Failed" }), kstatus).status).toBe("Healthy");
  });

  it("in a crash loop is Degraded", () => {
    expect(
      judgeHealth(pod({ phase: "Running", conditions: [notReady], containerStatuses: [crashLoop] }), kstatus),
    ).toMatchObject({
      status: "Degraded",
      message: "worker: CrashLoopBackOff, exit 1, restarted 4 times",
    });
  });

  it("that can't be scheduled is Progressing for 15 seconds, then Degraded", () => {
    expect(judgeHealth(created("2026-03-01T11:59:50Z"), kstatus).status).toBe("Progressing");
    expect(judgeHealth(created("2026-03-01T11:59:40Z"), kstatus)).toMatchObject({
      status: "Degraded",
      reason: "Unschedulable",
    });
  });

  it("without a phase is Progressing, with an unheard-of one Unknown", () => {
    expect(judgeHealth(pod({}), kstatus).status).toBe("Progressing");
    expect(judgeHealth(pod({ phase: "Dreaming" }), kstatus).status).toBe("Unknown");
  });
});
