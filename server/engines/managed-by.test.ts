import { describe, expect, it } from "vitest";
import { managedBy } from "./managed-by.ts";
import { memoryStore, type Sketch, stored } from "./testing/memory-store.ts";
import { configMap } from "./testing/objects.ts";

const application = (name: string, namespace: string): Sketch => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name, namespace },
});
const owner = (metadata: Record<string, unknown>, others: readonly Sketch[] = []) =>
  managedBy(stored(configMap("x", "shop", metadata)), memoryStore(others));

describe("managedBy", () => {
  it("reads Flux's owner labels", () => {
    expect(
      owner({ labels: { "kustomize.toolkit.fluxcd.io/name": "a", "kustomize.toolkit.fluxcd.io/namespace": "b" } }),
    ).toEqual({ engine: "flux-kustomization", namespace: "b", name: "a" });
    expect(owner({ labels: { "helm.toolkit.fluxcd.io/name": "a", "helm.toolkit.fluxcd.io/namespace": "b" } })).toEqual({
      engine: "flux-helmrelease",
      namespace: "b",
      name: "a",
    });
  });

  it("reads Argo CD's tracking id, wherever the Application lives", () => {
    const tracked = (id: string) => ({ annotations: { "argocd.argoproj.io/tracking-id": `${id}:/ConfigMap:shop/x` } });
    expect(owner(tracked("shop"))).toEqual({ engine: "argocd", namespace: "argocd", name: "shop" });
    expect(owner(tracked("shop"), [application("shop", "gitops")])).toEqual({
      engine: "argocd",
      namespace: "gitops",
      name: "shop",
    });
    expect(owner(tracked("team-a_shop"))).toEqual({ engine: "argocd", namespace: "team-a", name: "shop" });
  });

  it("takes the instance label for Argo CD's only when an Application lists the object", () => {
    const labels = { "app.kubernetes.io/instance": "shop" };
    const listing = {
      ...application("shop", "argocd"),
      status: { resources: [{ kind: "ConfigMap", namespace: "shop", name: "x" }] },
    };
    expect(owner({ labels }, [application("shop", "argocd")])).toBeUndefined();
    expect(owner({ labels }, [listing])).toEqual({ engine: "argocd", namespace: "argocd", name: "shop" });
  });

  it("finds by the instance label an Application in another namespace than Argo CD's own", () => {
    const elsewhere = {
      ...application("shop", "team-a"),
      status: { resources: [{ kind: "ConfigMap", namespace: "shop", name: "x" }] },
    };
    const labels = { "app.kubernetes.io/instance": "shop" };
    expect(owner({ labels }, [elsewhere])).toEqual({ engine: "argocd", namespace: "team-a", name: "shop" });
  });

  it("looks at no Application that has another name than the instance label", () => {
    const store = memoryStore(Array.from({ length: 500 }, (_, index) => application(`app-${index}`, "team-a")));
    const read: string[] = [];
    const counting = { ...store, get: (key: string) => (read.push(key), store.get(key)), list: () => [] };
    const labels = { "app.kubernetes.io/instance": "a-chart-s-release" };
    const chartObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x", namespace: "shop", labels } };
    expect(managedBy(stored(chartObject), counting)).toBeUndefined();
    expect(read).toHaveLength(2);
  });

  it("reads Helm's annotations", () => {
    expect(
      owner({ annotations: { "meta.helm.sh/release-name": "r", "meta.helm.sh/release-namespace": "shop" } }),
    ).toEqual({ engine: "helm", namespace: "shop", name: "r" });
  });

  it("is undefined for what carries no mark", () => {
    expect(owner({ labels: { app: "x" } })).toBeUndefined();
  });
});
