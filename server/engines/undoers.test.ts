import { describe, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import { memoryStore, type Sketch } from "./testing/memory-store.ts";
import { undoersOf } from "./undoers.ts";

const kustomization = (name: string, more: Record<string, unknown> = {}, metadata = {}): Sketch => ({
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: { name, namespace: "flux-system", ...metadata },
  spec: { interval: "10m" },
  ...more,
});
const fluxLabels = (name: string) => ({
  labels: { "kustomize.toolkit.fluxcd.io/name": name, "kustomize.toolkit.fluxcd.io/namespace": "flux-system" },
});
const application = (name: string, spec: Record<string, unknown> = {}, metadata = {}): Sketch => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name, namespace: "argocd", ...metadata },
  spec,
});
const unit = (engine: ApplicationRef["engine"], name: string, namespace = "flux-system"): ApplicationRef => ({
  engine,
  namespace,
  name,
});
const deployment = { group: "apps", kind: "Deployment", namespace: "shop", name: "web" };
const web = (metadata: Record<string, unknown> = {}): Sketch => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", ...metadata },
});
const said = (of: ApplicationRef, store: readonly Sketch[], inventory = [{ ref: deployment }]) =>
  undoersOf(of, inventory, memoryStore(store)).map(({ reverts, active, text }) => [reverts, active, text]);

describe("who undoes what", () => {
  it("is the Kustomization itself, and those above it up to the first", () => {
    const store = [
      kustomization("root", {}, fluxLabels("root")),
      kustomization("apps", { spec: { interval: "5m" } }, fluxLabels("root")),
      kustomization("shop", {}, fluxLabels("apps")),
    ];
    expect(said(unit("flux-kustomization", "shop"), store)).toEqual([
      [
        "objects",
        true,
        "kustomize-controller applies it every 10m: fields that the source sets come back, and objects that were deleted.",
      ],
      [
        "definition",
        true,
        "Kustomization flux-system/apps applies Kustomization flux-system/shop every 5m: fields that it sets come back.",
      ],
      ["definition", true, expect.stringMatching(/^Kustomization flux-system\/root applies .*\/apps every 10m: /)],
    ]);
  });

  it("is nobody while a Kustomization is suspended, which counts for what it applies, too", () => {
    const store = [
      kustomization("apps", { spec: { interval: "5m", suspend: true } }),
      kustomization("shop", {}, fluxLabels("apps")),
    ];
    expect(said(unit("flux-kustomization", "shop"), store)[1]).toEqual([
      "definition",
      false,
      "Kustomization flux-system/apps, which applies Kustomization flux-system/shop, is suspended: what is changed stays until it is resumed.",
    ]);
  });

  it("is found by the inventory where the labels have been removed", () => {
    const listing = {
      status: {
        inventory: { entries: [{ id: "flux-system_shop_kustomize.toolkit.fluxcd.io_Kustomization", v: "v1" }] },
      },
    };
    const store = [kustomization("apps", listing), kustomization("shop")];
    expect(said(unit("flux-kustomization", "shop"), store)[1]?.[2]).toMatch(/^Kustomization flux-system\/apps applies/);
  });

  it("is helm-controller as far as drift detection goes", () => {
    const release = (driftDetection?: object): Sketch => ({
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: "web", namespace: "flux-system", ...fluxLabels("apps") },
      spec: { interval: "1h", ...(driftDetection && { driftDetection }) },
    });
    const first = (driftDetection?: object) =>
      said(unit("flux-helmrelease", "web"), [release(driftDetection), kustomization("apps")]);
    expect(first({ mode: "enabled" })[0]).toEqual([
      "objects",
      true,
      "helm-controller corrects drift every 1h, and undoes a bare helm rollback.",
    ]);
    expect(first({ mode: "warn" })[0]?.slice(0, 2)).toEqual(["objects", false]);
    expect(first()[0]?.[2]).toContain("does not look for drift");
    expect(first()[1]?.[2]).toContain("Kustomization flux-system/apps applies HelmRelease flux-system/web");
  });

  it("is Argo CD when it heals, the app of apps, and the ApplicationSet that makes that", () => {
    const references = [{ apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", name: "fleet", uid: "s" }];
    const tracked = { "argocd.argoproj.io/tracking-id": "parent:argoproj.io/Application:argocd/child" };
    const store = [
      application("child", { syncPolicy: { automated: { selfHeal: true } } }, { annotations: tracked }),
      application("parent", { syncPolicy: { automated: {} } }, { ownerReferences: references }),
    ];
    expect(said(unit("argocd", "child", "argocd"), store)).toEqual([
      ["objects", true, "Argo CD heals it: what differs from Git is set again within moments."],
      [
        "definition",
        false,
        "Application argocd/parent applies Application argocd/child when Git changes: fields that it sets come back.",
      ],
      [
        "definition",
        true,
        "ApplicationSet argocd/fleet makes Application argocd/parent from its template: whatever is changed in its spec is set again at once.",
      ],
    ]);
  });

  it("is no ApplicationSet whose policy leaves Applications alone", () => {
    const references = [{ apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", name: "fleet", uid: "s" }];
    const set: Sketch = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ApplicationSet",
      metadata: { name: "fleet", namespace: "argocd" },
      spec: { syncPolicy: { applicationsSync: "create-only" } },
    };
    const store = [application("a", {}, { ownerReferences: references }), set];
    expect(said(unit("argocd", "a", "argocd"), store)[1]?.slice(0, 2)).toEqual(["definition", false]);
  });

  it("is a ResourceSet of flux-operator", () => {
    const labels = {
      "resourceset.fluxcd.controlplane.io/name": "tenants",
      "resourceset.fluxcd.controlplane.io/namespace": "flux-system",
    };
    expect(said(unit("flux-kustomization", "shop"), [kustomization("shop", {}, { labels })])[1]).toEqual([
      "definition",
      true,
      "ResourceSet flux-system/tenants makes Kustomization flux-system/shop: fields that it sets come back.",
    ]);
  });

  it("is nobody for Helm and kubectl, unless another engine claims their objects", () => {
    const helmed = { "meta.helm.sh/release-name": "web", "meta.helm.sh/release-namespace": "shop" };
    const release = unit("helm", "web", "shop");
    expect(said(release, [web({ annotations: helmed })]).map(([, active]) => active)).toEqual([false]);
    expect(said(release, [web({ annotations: helmed, ...fluxLabels("apps") }), kustomization("apps")])[1]).toEqual([
      "objects",
      true,
      expect.stringMatching(/^Kustomization flux-system\/apps applies Deployment shop\/web/),
    ]);
    expect(said(unit("kubectl", "web", "shop"), [web()])).toEqual([
      ["objects", false, "kubectl does nothing by itself: a change stays until somebody applies the files again."],
    ]);
  });

  it("is an autoscaler, for replicas", () => {
    const autoscaler: Sketch = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web", namespace: "shop" },
      spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
    };
    expect(said(unit("kubectl", "web", "shop"), [web(), autoscaler])[1]).toEqual([
      "objects",
      true,
      "HorizontalPodAutoscaler/web sets the replicas of Deployment/web: a number that is set by hand does not stay.",
    ]);
  });
});
