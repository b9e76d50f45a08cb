import { describe, expect, it } from "vitest";
import { formatRolloutId, parseRolloutId } from "../common/rollout-id.ts";
import type { ReadContext } from "../engine.ts";
import { memoryStore, type Sketch, stored } from "../testing/memory-store.ts";
import { configMap, deployment, pod, replicaSet } from "../testing/objects.ts";
import { kubectl } from "./reader.ts";

const ns = "team-a";
const lastApplied = { "kubectl.kubernetes.io/last-applied-configuration": "{}" };
const page = deployment("landing-page", ns, { metadata: { annotations: lastApplied } });
const unit = (name: string) => ({ engine: "kubectl", namespace: ns, name }) as const;
const context = (objects: readonly Sketch[]): ReadContext => ({
  cluster: "test",
  store: memoryStore(objects),
  desired: undefined,
});
const read = (name: string, objects: readonly Sketch[]) => kubectl.read(unit(name), context(objects));
const unitNames = (object: Sketch, others: readonly Sketch[] = []) =>
  kubectl.unitsOf(stored(object), memoryStore([object, ...others])).map(({ name }) => name);

describe("the unit of an object that kubectl applied", () => {
  const labelled = (labels: Record<string, string>, annotations: Record<string, string> = lastApplied) =>
    deployment("backend", ns, { metadata: { labels, annotations } });

  it("is named by part-of, else by instance, else by the workload", () => {
    expect(
      unitNames(labelled({ "app.kubernetes.io/part-of": "shop", "app.kubernetes.io/instance": "shop-1" })),
    ).toEqual(["shop"]);
    expect(unitNames(labelled({ "app.kubernetes.io/instance": "shop-1" }))).toEqual(["shop-1"]);
    expect(unitNames(labelled({}))).toEqual(["backend"]);
    expect(unitNames(configMap("settings", ns, { annotations: lastApplied }))).toEqual([]);
  });

  it("exists for server-side apply by its field manager", () => {
    expect(unitNames(labelled({}, { "driftglass.io/managers": "kubectl" }))).toEqual(["backend"]);
    expect(unitNames(labelled({}, { "driftglass.io/managers": "helm" }))).toEqual([]);
    expect(unitNames(labelled({}, {}))).toEqual([]);
  });

  it.each([
    [
      "Flux's Kustomization",
      { labels: { "kustomize.toolkit.fluxcd.io/name": "a", "kustomize.toolkit.fluxcd.io/namespace": "b" } },
    ],
    ["Flux's HelmRelease", { labels: { "helm.toolkit.fluxcd.io/name": "a", "helm.toolkit.fluxcd.io/namespace": "b" } }],
    ["Helm", { labels: { "app.kubernetes.io/managed-by": "Helm" } }],
    ["Argo CD", { annotations: { ...lastApplied, "argocd.argoproj.io/tracking-id": "a:apps/Deployment:b/c" } }],
    ["a controller", { ownerReferences: [{ apiVersion: "v1", kind: "X", name: "x", uid: "x", controller: true }] }],
  ])("does not exist for what %s owns", (_owner, metadata) => {
    expect(unitNames(deployment("backend", ns, { metadata: { annotations: lastApplied, ...metadata } }))).toEqual([]);
  });

  const member = labelled({ "applyset.kubernetes.io/part-of": "applyset-1-v1", "app.kubernetes.io/part-of": "other" });
  const parent = configMap("backup", ns, { labels: { "applyset.kubernetes.io/id": "applyset-1-v1" } });

  it("is named by the parent of its ApplySet, and by its labels while there is none", () => {
    expect(unitNames(member, [parent])).toEqual(["backup"]);
    expect(unitNames(member)).toEqual(["other"]);
    expect(unitNames(parent, [member])).toEqual(["backup", "other"]);
    expect(read("backup", [member, parent])?.application.resources).toEqual({ Healthy: 1 });
    expect(read("other", [member, parent])).toBeUndefined();
  });

  it("does not exist for what an Argo CD Application tracks by label", () => {
    const object = labelled({ "app.kubernetes.io/instance": "shop" });
    const application: Sketch = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name: "shop", namespace: "argocd" },
      status: { resources: [{ group: "apps", kind: "Deployment", namespace: ns, name: "backend" }] },
    };
    expect(read("shop", [object])).toBeDefined();
    expect(read("shop", [object, application])).toBeUndefined();
  });
});

describe("a kubectl application", () => {
  it("is made of a workload and what shares its group", () => {
    const labels = { "app.kubernetes.io/part-of": "shop" };
    const objects = [
      deployment("backend", ns, { metadata: { labels, annotations: lastApplied } }),
      configMap("settings", ns, { labels, annotations: lastApplied }),
      configMap("foreign", ns, { labels }),
    ];
    const reading = read("shop", objects);
    expect(reading?.inventory.map(({ ref }) => ref.name)).toEqual(["backend", "settings"]);
    expect(reading?.application).toMatchObject({
      health: { status: "Healthy" },
      sync: { status: "Synced" },
      resources: { Healthy: 2 },
      revision: { applied: "1.4.2" },
      sources: [{ kind: "kubectl apply" }],
    });
  });

  it("does not exist without a workload", () => {
    expect(
      read("shop", [
        configMap("settings", ns, { labels: { "app.kubernetes.io/part-of": "shop" }, annotations: lastApplied }),
      ]),
    ).toBeUndefined();
  });

  it("is Degraded when a Pod crash-loops", () => {
    const sick = deployment("landing-page", ns, { replicas: 1, ready: 0, metadata: { annotations: lastApplied } });
    const reading = read("landing-page", [
      sick,
      replicaSet("landing-page", ns, 1, 1),
      pod("landing-page-1-x", ns, "replicaset-landing-page-1", "CrashLoopBackOff"),
    ]);
    expect(reading?.application.health).toMatchObject({
      status: "Degraded",
      message: "landing-page/app: CrashLoopBackOff, exit 1, restarted 4 times",
    });
  });

  it("is Suspended when all its workloads are paused", () => {
    const cron: Sketch = {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "nightly", namespace: ns, annotations: lastApplied },
      spec: { suspend: true, schedule: "0 2 * * *" },
    };
    expect(read("nightly", [cron])?.application).toMatchObject({
      suspended: true,
      health: { status: "Suspended", message: "CronJob/nightly is paused" },
    });
  });

  it("loads desired state anew after an apply and not after a change by hand", () => {
    const key = (metadata: Record<string, unknown>) =>
      read("landing-page", [deployment("landing-page", ns, { metadata })])?.desiredKey;
    const before = key({ annotations: lastApplied, generation: 1 });
    expect(key({ annotations: lastApplied, generation: 2, resourceVersion: "9" })).toBe(before);
    expect(key({ annotations: { "kubectl.kubernetes.io/last-applied-configuration": "[]" } })).not.toBe(before);
  });

  it("keeps the rollouts of its Deployment, newest first", () => {
    const objects = [
      page,
      replicaSet("landing-page", ns, 1, 0),
      replicaSet("landing-page", ns, 2, 0, {
        annotations: { "deployment.kubernetes.io/revision": "2", "kubernetes.io/change-cause": "new logo" },
      }),
      replicaSet("landing-page", ns, 3, 2),
    ];
    expect(
      kubectl
        .history(unit("landing-page"), context(objects))
        ?.map(({ id, current, restorable, message }) => [id, current, restorable, message]),
    ).toEqual([
      ["Deployment/landing-page/3", true, false, "landing-page:1.4.3"],
      ["Deployment/landing-page/2", false, true, "new logo · landing-page:1.4.2"],
      ["Deployment/landing-page/1", false, true, "landing-page:1.4.1"],
    ]);
    expect(read("landing-page", objects)?.application.lastDeployedAt).toBe("2026-03-03T08:00:00Z");
  });

  it("names a rollout so that it can be read back", () => {
    const rollout = { kind: "StatefulSet", name: "db", revision: 4 } as const;
    expect(parseRolloutId(formatRolloutId(rollout))).toEqual(rollout);
    expect(parseRolloutId("Pod/x/1")).toBeUndefined();
    expect(parseRolloutId("Deployment/x/latest")).toBeUndefined();
  });

  it("tells its workloads as facts and its Deployment's conditions", () => {
    const { conditions, facts } = kubectl.detail(unit("landing-page"), context([page]));
    expect(conditions.map(({ type }) => type)).toEqual(["Available", "Progressing"]);
    expect(facts[0]).toEqual({ label: "Deployment landing-page", value: "2/2 ready · landing-page:1.4.2" });
  });
});
