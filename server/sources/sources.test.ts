import { describe, expect, it } from "vitest";
import { memoryStore, stored, type Sketch } from "../engines/testing/memory-store.ts";
import { authenticationFailure, gitRepository } from "./fixtures.ts";
import { listSources, sourceLimits, sourcesChanged, sourcesState } from "./sources.ts";

const object = (apiVersion: string, kind: string, name: string, spec: object, status: object = {}): Sketch => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "team-a" },
  spec,
  status,
});
const kustomization = (name: string, sourceRef: object) =>
  object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, { sourceRef });
const chart = (name: string) =>
  object("source.toolkit.fluxcd.io/v1", "HelmChart", name, {
    chart: "queue",
    sourceRef: { kind: "HelmRepository", name: "house" },
  });
const repository = object("source.toolkit.fluxcd.io/v1", "HelmRepository", "house", {
  url: "https://charts.example.com",
});
const release = object(
  "helm.toolkit.fluxcd.io/v2",
  "HelmRelease",
  "queue",
  { chart: { spec: { chart: "queue", sourceRef: { kind: "HelmRepository", name: "house" } } } },
  { helmChart: "team-a/team-a-queue" },
);

const consumersOf = (sketches: Sketch[], name: string): string[] | undefined =>
  listSources(memoryStore(sketches))
    .find((source) => source.name === name)
    ?.consumers.map((consumer) => `${consumer.kind}/${consumer.name}`);

describe("the consumers of a source", () => {
  it("are the Kustomizations that name it, also from another namespace, with their page", () => {
    const ref = { kind: "GitRepository", name: "shop", namespace: "flux-system" };
    const sketches = [gitRepository({}), kustomization("shop", ref), kustomization("other", { ...ref, name: "else" })];
    const [source] = listSources(memoryStore(sketches));
    expect(source?.consumers).toEqual([
      {
        kind: "Kustomization",
        namespace: "team-a",
        name: "shop",
        application: { engine: "flux-kustomization", namespace: "team-a", name: "shop" },
      },
    ]);
  });

  it("are HelmReleases for a chart repository, without the charts that those have made", () => {
    const sketches = [repository, chart("team-a-queue"), chart("by-hand"), release];
    expect(consumersOf(sketches, "house")).toEqual(["HelmChart/by-hand", "HelmRelease/queue"]);
    expect(consumersOf(sketches, "team-a-queue")).toEqual(["HelmRelease/queue"]);
  });

  it("are HelmReleases that name a chart by chartRef, and Git repositories that include it", () => {
    const byRef = object("helm.toolkit.fluxcd.io/v2", "HelmRelease", "by-ref", {
      chartRef: { kind: "GitRepository", name: "shop", namespace: "flux-system" },
    });
    const including = gitRepository({ name: "all", spec: { include: [{ repository: { name: "shop" } }] } });
    expect(consumersOf([gitRepository({}), byRef, including], "shop")).toEqual([
      "GitRepository/all",
      "HelmRelease/by-ref",
    ]);
  });
});

describe("what the list depends on", () => {
  const change = (before: Sketch | undefined, after: Sketch | undefined) =>
    sourcesChanged([
      {
        key: "k",
        ...(before !== undefined && { previous: stored(before) }),
        ...(after !== undefined && { current: stored(after) }),
      },
    ]);

  it("changes when a source comes, goes, fails or is suspended", () => {
    expect(change(undefined, gitRepository({}))).toBe(true);
    expect(change(gitRepository({}), undefined)).toBe(true);
    expect(change(gitRepository({}), gitRepository({ status: { conditions: authenticationFailure } }))).toBe(true);
    expect(change(gitRepository({}), gitRepository({ spec: { suspend: true } }))).toBe(true);
  });

  it("does not change by what no row shows, nor by objects that have nothing to do with sources", () => {
    expect(change(gitRepository({}), gitRepository({ metadata: { resourceVersion: "2" } }))).toBe(false);
    expect(change(undefined, object("v1", "ConfigMap", "x", {}))).toBe(false);
    const shop = { kind: "GitRepository", name: "shop" };
    expect(change(kustomization("a", shop), { ...kustomization("a", shop), status: { x: 1 } })).toBe(false);
  });

  it("changes when a consumer takes another source", () => {
    const named = (name: string) => kustomization("a", { kind: "GitRepository", name });
    expect(change(named("shop"), named("else"))).toBe(true);
  });
});

describe("what can't be seen", () => {
  it("is told by the limits of sources and of what takes them, and by no others", () => {
    const limit = (group: string, kind: string) => ({ group, kind, reason: "forbidden", message: "" }) as const;
    const limits = [
      limit("source.toolkit.fluxcd.io", "Bucket"),
      limit("helm.toolkit.fluxcd.io", "HelmRelease"),
      limit("apps", "Deployment"),
    ];
    expect(sourceLimits(limits).map(({ kind }) => kind)).toEqual(["Bucket", "HelmRelease"]);
  });

  it("is absent only where the cluster has none of the kinds", () => {
    const states = (state: "absent" | "syncing", kinds: string[]) =>
      Object.fromEntries(kinds.map((kind) => [`source.toolkit.fluxcd.io/${kind}`, { state }]));
    const all = ["GitRepository", "OCIRepository", "HelmRepository", "HelmChart", "Bucket", "ExternalArtifact"];
    expect(sourcesState(memoryStore([], states("absent", all)))).toBe("absent");
    expect(sourcesState(memoryStore([], states("absent", ["ExternalArtifact"])))).toBe("ready");
    expect(sourcesState(memoryStore([], states("syncing", ["Bucket"])))).toBe("syncing");
  });
});
