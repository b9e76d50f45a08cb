import { fields, list, text } from "#lib/model/health/fields.ts";
import { type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import { sourceGroup } from "#server/engines/common/flux-source.ts";
import type { GroupKind, StoredObject, StoreReader } from "#server/kube/store.ts";
import { helmReleaseKind, kustomizationKind } from "../../unit-object.ts";
import { directSource } from "../source-chain.ts";

const chartKind: GroupKind = { group: sourceGroup, kind: "HelmChart" };
const repositoryKind: GroupKind = { group: sourceGroup, kind: "GitRepository" };

/** Who takes a source. */
export interface Consumers {
  readonly refs: readonly ResourceRef[];
  /** Kinds of which this person may not see all: there may be more. */
  readonly unseen: readonly string[];
}

/**
 * Everything besides `self` that takes what this source offers: Kustomizations, HelmReleases (also by a chart of theirs), charts of nobody
 * else's, and GitRepositories that include it. All of them go where it is pinned to.
 */
export function consumersOf(source: ResourceRef, self: ResourceRef, store: StoreReader): Consumers {
  const takes = ({ object }: StoredObject, from: ResourceRef): boolean => {
    const named = directSource(object);
    return named !== undefined && resourceKey(named) === resourceKey(from);
  };
  const charts = [...store.list(chartKind)].filter((chart) => takes(chart, source));
  const released = new Set<string>();
  const releases = [...store.list(helmReleaseKind)].filter((release) => {
    const chart = charts.find(({ ref }) => takes(release, ref));
    if (chart !== undefined) released.add(chart.key);
    return chart !== undefined || takes(release, source);
  });
  const found = [
    ...[...store.list(kustomizationKind)].filter((kustomization) => takes(kustomization, source)),
    ...releases,
    ...charts.filter(({ key }) => !released.has(key)),
    ...[...store.list(repositoryKind)].filter((repository) => includes(repository, source)),
  ];
  return {
    refs: found.map(({ ref }) => ref).filter((ref) => resourceKey(ref) !== resourceKey(self)),
    unseen: [kustomizationKind, helmReleaseKind]
      .filter((kind) => ["forbidden", "namespaces"].includes(store.kindState(kind).state))
      .map(({ kind }) => kind),
  };
}

function includes({ object, ref }: StoredObject, source: ResourceRef): boolean {
  if (source.kind !== repositoryKind.kind || ref.namespace !== source.namespace) return false;
  return list(fields(object["spec"])["include"]).some(
    (entry) => text(fields(fields(entry)["repository"])["name"]) === source.name,
  );
}
