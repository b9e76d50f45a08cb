import type { KubernetesObject } from "../../sandbox/cluster/resource-path.ts";

/** A manifest as its source has it. */
export type Manifest = KubernetesObject & {
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
};

/** How much there is of everything at `--scale 1`. */
export const sizes = {
  namespaces: 100,
  kustomizations: 1000,
  helmReleases: 500,
  gitRepositories: 500,
  argoApplications: 1000,
  releases: 1000,
  revisions: 3,
  /** As many Deployments, Services and ConfigMaps each. */
  workloads: 5000,
  /** Resources of one Kustomization or Argo CD Application. */
  inventory: 20,
} as const;

/** An object to be made, and the status that is written to it once it is there. */
export interface Planned {
  readonly object: Manifest;
  readonly status?: unknown;
}

/** A fleet of a given size; everything in it follows from `scale` alone. */
export interface Fleet {
  readonly scale: number;
  /** `127.0.0.1:PORT` where the artifacts of the sources are served. */
  readonly artifactHost: string;
}

/** One object of an inventory. */
export interface InventoryObject {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Who applied a workload. */
export type Owner = {
  readonly engine: "flux-kustomization" | "flux-helmrelease" | "argocd" | "helm";
  readonly index: number;
};

/** How many of a kind of `sizes` this fleet has. */
export function countOf(
  fleet: Fleet,
  what: "kustomizations" | "helmReleases" | "gitRepositories" | "argoApplications" | "releases" | "workloads",
): number {
  return sizes[what] * fleet.scale;
}

/** The namespace of the n-th of anything: neighbours by number are spread over all namespaces. */
export function namespaceOf(index: number): string {
  return `team-${String(index % sizes.namespaces).padStart(3, "0")}`;
}

/** All namespaces. */
export function namespaces(): string[] {
  return Array.from({ length: sizes.namespaces }, (_, index) => namespaceOf(index));
}

/** Names by kind and number; numbers are padded so that they sort. */
export function nameOf(what: "app" | "chart" | "repo" | "argo" | "release" | "service", index: number): string {
  return `${what}-${String(index).padStart(5, "0")}`;
}

/**
 * Who applied the n-th workload. Of each ten in a namespace four are a Kustomization's, two a HelmRelease's, two an Application's and two a plain release's: two for each
 * Kustomization and HelmRelease, one for each Application and release.
 */
export function ownerOf(workload: number): Owner {
  const namespace = workload % sizes.namespaces;
  const place = Math.floor(workload / sizes.namespaces);
  const group = Math.floor(place / 5);
  const owner = (engine: Owner["engine"], nth: number): Owner => ({
    engine,
    index: nth * sizes.namespaces + namespace,
  });
  switch (place % 5) {
    case 0:
    case 1:
      return owner("flux-kustomization", group);
    case 2:
      return owner("flux-helmrelease", Math.floor(group / 2));
    case 3:
      return owner("argocd", group);
    default:
      return owner("helm", group);
  }
}

/** The workloads that this unit applied. */
export function ownedBy({ engine, index }: Owner): number[] {
  const namespace = index % sizes.namespaces;
  const nth = Math.floor(index / sizes.namespaces);
  const at = (place: number): number => place * sizes.namespaces + namespace;
  switch (engine) {
    case "flux-kustomization":
      return [at(nth * 5), at(nth * 5 + 1)];
    case "flux-helmrelease":
      return [at(nth * 10 + 2), at(nth * 10 + 7)];
    case "argocd":
      return [at(nth * 5 + 3)];
    case "helm":
      return [at(nth * 5 + 4)];
  }
}

/**
 * Two Kustomizations after all others, which are made for one measurement each: one with 5,000 objects of the fleet in its inventory, and one that builds 102 of them, each of which differs from
 * what is live by its owner's labels.
 */
export function largeOf(fleet: Fleet): Record<"graph" | "drift", { index: number; workloads: readonly number[] }> {
  const index = countOf(fleet, "kustomizations");
  return {
    graph: { index, workloads: Array.from({ length: 1667 }, (_, workload) => workload) },
    drift: { index: index + 1, workloads: Array.from({ length: 34 }, (_, workload) => workload) },
  };
}

/**
 * The objects of a unit's inventory: its own workloads first, then its neighbours', so that every entry is an object that is there without the fleet having
 * to hold 40,000 of them.
 */
export function inventoryOf(owner: Owner, fleet: Fleet): InventoryObject[] {
  const total = countOf(fleet, "workloads");
  const own = ownedBy(owner);
  const numbers = [...own];
  for (let step = 1; numbers.length * 3 < sizes.inventory; step += 1)
    numbers.push(((own[0] ?? 0) + step * 5 * sizes.namespaces) % total);
  return objectsOf(numbers).slice(0, sizes.inventory);
}

/** The objects of these workloads. */
export function objectsOf(workloads: readonly number[]): InventoryObject[] {
  return workloads.flatMap((number) => {
    const at = { version: "v1", namespace: namespaceOf(number), name: nameOf("service", number) };
    return [
      { group: "apps", kind: "Deployment", ...at },
      { group: "", kind: "Service", ...at },
      { group: "", kind: "ConfigMap", ...at },
    ];
  });
}
