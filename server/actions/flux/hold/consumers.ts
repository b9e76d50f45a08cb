import { type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import { sourceGroup } from "#server/engines/common/flux-source.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { consumersBySource } from "#server/sources/consumers.ts";
import { helmReleaseKind, kustomizationKind } from "../../unit-object.ts";

/** Who takes a source. */
export interface Consumers {
  readonly refs: readonly ResourceRef[];
  /** Kinds of which this person may not see all: there may be more. */
  readonly unseen: readonly string[];
}

const groups: Readonly<Record<string, string>> = {
  [kustomizationKind.kind]: kustomizationKind.group,
  [helmReleaseKind.kind]: helmReleaseKind.group,
};

/** Everything besides `self` that takes what this source offers (see `consumersBySource`): all of them go where it is pinned to. */
export function consumersOf(
  { kind, namespace = "", name }: ResourceRef,
  self: ResourceRef,
  store: StoreReader,
): Consumers {
  const taken = consumersBySource(store).get(`${kind}/${namespace}/${name}`) ?? [];
  const refs = taken.map((consumer) => ({
    group: groups[consumer.kind] ?? sourceGroup,
    kind: consumer.kind,
    namespace: consumer.namespace,
    name: consumer.name,
  }));
  return {
    refs: refs.filter((ref) => resourceKey(ref) !== resourceKey(self)),
    unseen: [kustomizationKind, helmReleaseKind]
      .filter((each) => ["forbidden", "namespaces"].includes(store.kindState(each).state))
      .map((each) => each.kind),
  };
}
