import { fluxSourceKey, type FluxSource } from "#lib/model/flux-source.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { type Fields, fields, text } from "#lib/model/health/fields.ts";
import { sourceGroup } from "#server/engines/common/flux-source.ts";
import type { GroupKind, StoredObject, StoreReader } from "#server/kube/store.ts";
import { includedRepositories, sourceRefOf } from "./read-source.ts";

/** One thing that takes a source. */
export type Consumer = FluxSource["consumers"][number];

const kustomizations: GroupKind = { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" };
const helmReleases: GroupKind = { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" };
const helmCharts: GroupKind = { group: sourceGroup, kind: "HelmChart" };
const gitRepositories: GroupKind = { group: sourceGroup, kind: "GitRepository" };

/** The kinds that take sources and are applications themselves. */
export const consumerKinds: readonly GroupKind[] = [kustomizations, helmReleases];

/** Keys (`fluxSourceKey`) of the sources that an object takes; empty for objects that take none. */
export function sourcesTakenBy(stored: StoredObject): string[] {
  const { ref, object } = stored;
  const spec = fields(object["spec"]);
  const namespace = ref.namespace ?? "";
  if (is(ref, kustomizations) || is(ref, helmCharts)) return keys(namespace, fields(spec["sourceRef"]));
  if (is(ref, gitRepositories))
    return includedRepositories(spec).flatMap((name) => keys(namespace, { kind: "GitRepository", name }));
  if (!is(ref, helmReleases)) return [];
  const chart = fields(fields(spec["chart"])["spec"]);
  // The HelmChart that helm-controller makes stands beside the chart's repository.
  const [chartNamespace = "", chartName = ""] = text(fields(object["status"])["helmChart"]).split("/");
  return [
    ...keys(namespace, fields(spec["chartRef"])),
    ...keys(namespace, fields(chart["sourceRef"])),
    ...(chartName === "" ? [] : keys(chartNamespace, { kind: "HelmChart", name: chartName })),
  ];
}

/** Who takes which source, by `fluxSourceKey`, sorted. A chart that a HelmRelease takes stands not beside that release. */
export function consumersBySource(store: StoreReader): Map<string, Consumer[]> {
  const found = new Map<string, Consumer[]>();
  const add = (stored: StoredObject, application?: ApplicationRef): void => {
    const { kind, namespace = "", name } = stored.ref;
    for (const key of new Set(sourcesTakenBy(stored))) {
      const consumer = { kind, namespace, name, ...(application !== undefined && { application }) };
      const known = found.get(key);
      if (known === undefined) found.set(key, [consumer]);
      else known.push(consumer);
    }
  };
  for (const stored of store.list(kustomizations)) add(stored, unit("flux-kustomization", stored));
  for (const stored of store.list(helmReleases)) add(stored, unit("flux-helmrelease", stored));
  for (const stored of store.list(gitRepositories)) add(stored);
  for (const stored of store.list(helmCharts)) {
    const own = sourceRefOf(stored);
    const taken = own === undefined ? [] : (found.get(fluxSourceKey(own)) ?? []);
    if (!taken.some(({ kind }) => kind === helmReleases.kind)) add(stored);
  }
  for (const consumers of found.values()) consumers.sort((a, b) => sortKey(a).localeCompare(sortKey(b)));
  return found;
}

function keys(namespace: string, reference: Fields): string[] {
  const [kind, name] = [text(reference["kind"]), text(reference["name"])];
  if (kind === "" || name === "") return [];
  return [`${kind}/${text(reference["namespace"]) || namespace}/${name}`];
}

function unit(engine: ApplicationRef["engine"], { ref }: StoredObject): ApplicationRef {
  return { engine, namespace: ref.namespace ?? "", name: ref.name };
}

function is(ref: GroupKind, kind: GroupKind): boolean {
  return ref.group === kind.group && ref.kind === kind.kind;
}

function sortKey({ kind, namespace, name }: Consumer): string {
  return [namespace, name, kind].join("\n");
}
