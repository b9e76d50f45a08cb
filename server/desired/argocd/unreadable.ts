import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { StoreReader } from "#server/kube/store.ts";

/**
 * Why an object that Argo CD tells of is not shown: the cluster has not shown it to this person, and not because there is none. Undefined when it may be
 * shown.
 */
export function unreadable(ref: ResourceRef, store: StoreReader): string | undefined {
  if (store.get(resourceKey(ref)) !== undefined) return undefined;
  const { group, kind, namespace } = ref;
  const known = store.kindState({ group, kind });
  const isReadable =
    known.state === "synced" ||
    known.state === "absent" ||
    (known.state === "namespaces" && namespace !== undefined && known.namespaces.includes(namespace));
  if (isReadable) return undefined;
  const name = group === "" ? kind : `${kind}.${group}`;
  return known.state === "forbidden" || known.state === "namespaces"
    ? `no permission to read ${name}${namespace === undefined ? "" : ` in ${namespace}`}`
    : `${name} is not known (yet), so it can't be told whether you may read it`;
}
