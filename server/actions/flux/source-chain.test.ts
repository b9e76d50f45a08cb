import { describe, expect, it } from "vitest";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { sourceChain } from "./source-chain.ts";

const object = (kind: string, spec: unknown, status: unknown = {}): KubeObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name: "x", namespace: "apps" },
  spec,
  status,
});
const chart = object("HelmChart", { sourceRef: { kind: "HelmRepository", name: "charts" } });
const names = async (from: KubeObject, others: Record<string, KubeObject> = {}): Promise<string[]> =>
  (await sourceChain(from, (ref) => Promise.resolve(others[ref.kind]))).map(
    (ref) => `${ref.namespace} ${formatRef(ref)}`,
  );

describe("sourceChain", () => {
  it("a Kustomization has the source that it names, in its own namespace unless it says otherwise", async () => {
    expect(await names(object("Kustomization", { sourceRef: { kind: "GitRepository", name: "repo" } }))).toEqual([
      "apps GitRepository/repo",
    ]);
    expect(
      await names(
        object("Kustomization", { sourceRef: { kind: "OCIRepository", name: "repo", namespace: "flux-system" } }),
      ),
    ).toEqual(["flux-system OCIRepository/repo"]);
  });

  it("a HelmRelease's repository fetches before its chart", async () => {
    const release = object("HelmRelease", { chart: {} }, { helmChart: "flux-system/apps-x" });
    expect(await names(release, { HelmChart: chart, HelmRepository: object("HelmRepository", {}) })).toEqual([
      "apps HelmRepository/charts",
      "flux-system HelmChart/apps-x",
    ]);
  });

  it("an OCI Helm repository fetches nothing and is not asked", async () => {
    const release = object("HelmRelease", { chart: {} }, { helmChart: "flux-system/apps-x" });
    expect(
      await names(release, { HelmChart: chart, HelmRepository: object("HelmRepository", { type: "oci" }) }),
    ).toEqual(["flux-system HelmChart/apps-x"]);
  });

  it("what names no source has none", async () => {
    expect(await names(object("HelmRelease", {}))).toEqual([]);
  });
});
