import { describe, expect, it } from "vitest";
import { memoryStore, type Sketch } from "#server/engines/testing/memory-store.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { consumersOf } from "./consumers.ts";
import { undoersOf } from "./undoers.ts";

const source = { group: "source.toolkit.fluxcd.io", kind: "GitRepository", namespace: "flux-system", name: "web" };
const self = { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization", namespace: "apps", name: "web" };
const takes = { sourceRef: { kind: "GitRepository", name: "web", namespace: "flux-system" } };
const sketch = (apiVersion: string, kind: string, namespace: string, name: string, rest: object): Sketch => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...rest,
});
const kustomization = (name: string, spec: object): Sketch =>
  sketch("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps", name, { spec });
const sources = "source.toolkit.fluxcd.io/v1";

describe("consumersOf", () => {
  it("finds Kustomizations, releases by their charts, charts of nobody else's, and repositories that include it", () => {
    const store = memoryStore([
      kustomization("web", takes),
      kustomization("other", takes),
      kustomization("unrelated", { sourceRef: { kind: "GitRepository", name: "web" } }),
      sketch(sources, "HelmChart", "flux-system", "apps-api", {
        spec: { sourceRef: { kind: "GitRepository", name: "web" } },
      }),
      sketch(sources, "HelmChart", "flux-system", "lonely", {
        spec: { sourceRef: { kind: "GitRepository", name: "web" } },
      }),
      sketch("helm.toolkit.fluxcd.io/v2", "HelmRelease", "apps", "api", {
        spec: { chart: { spec: { chart: "./api", ...takes } } },
        status: { helmChart: "flux-system/apps-api" },
      }),
      sketch(sources, "GitRepository", "flux-system", "all", { spec: { include: [{ repository: { name: "web" } }] } }),
    ]);
    const { refs, unseen } = consumersOf(source, self, store);
    expect(refs.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      "HelmRelease/api",
      "Kustomization/other",
      "GitRepository/all",
      "HelmChart/lonely",
    ]);
    expect(unseen).toEqual([]);
  });

  it("says of which kinds there may be more", () => {
    const store = memoryStore([], { "helm.toolkit.fluxcd.io/HelmRelease": { state: "forbidden" } });
    expect(consumersOf(source, self, store).unseen).toEqual(["HelmRelease"]);
  });
});

describe("undoersOf", () => {
  const owned = (fields: readonly string[]): object => ({
    "f:spec": { "f:ref": Object.fromEntries(fields.map((field) => [`f:${field}`, {}])) },
  });
  const applied = (manager: string, fields: readonly string[], labels: Record<string, string> = {}): KubeObject => ({
    apiVersion: sources,
    kind: "GitRepository",
    metadata: {
      name: "web",
      namespace: "flux-system",
      labels,
      managedFields: [{ manager, operation: "Apply", fieldsV1: owned(fields) }],
    },
  });
  const root = { "kustomize.toolkit.fluxcd.io/name": "root", "kustomize.toolkit.fluxcd.io/namespace": "flux-system" };
  const judge = (object: KubeObject, owner = self): ReturnType<typeof undoersOf> =>
    undoersOf(source, object, ["commit"], owner, memoryStore([]));

  it("suspends the owner that sets the pinned field", () => {
    const { suspend, warnings } = judge(applied("kustomize-controller", ["branch", "commit"], root));
    expect(suspend).toMatchObject({ kind: "Kustomization", namespace: "flux-system", name: "root" });
    expect(warnings).toEqual([]);
  });

  it("does not suspend an owner that leaves the pinned field alone, and says so", () => {
    const { suspend, warnings } = judge(applied("kustomize-controller", ["branch"], root));
    expect(suspend).toBeUndefined();
    expect(warnings[0]).toContain("applied by Kustomization flux-system/root, which does not set the pinned field");
  });

  it("warns where the owner is the held Kustomization itself: suspended, it would not go back", () => {
    const owner = { ...self, namespace: "flux-system", name: "root" };
    const { suspend, warnings } = judge(applied("kustomize-controller", ["commit"], root), owner);
    expect(suspend).toBeUndefined();
    expect(warnings[0]).toContain("will set it again");
  });

  it("has nothing to say of a source that a person made", () => {
    expect(judge(applied("flux", ["branch", "commit"]))).toEqual({ suspend: undefined, warnings: [] });
  });
});
