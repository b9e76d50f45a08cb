import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { UnitContext } from "../action-handler.ts";
import { accessTo } from "../object-io.ts";
import type { ReleasePlace } from "./records.ts";

/** What `helm rollback` needs: to write its records, and to change the kinds that the release has. */
export function rollbackAccess({ io, reading }: UnitContext, { namespace, release }: ReleasePlace): AccessAttributes[] {
  const records = { group: "", kind: storageKind(io.store, namespace, release) };
  const kinds = new Map<string, Pick<ResourceRef, "group" | "kind" | "namespace">>();
  for (const { ref, hook } of reading.inventory)
    if (hook !== true) kinds.set(`${ref.group}/${ref.kind}/${ref.namespace ?? ""}`, ref);
  return [
    ...["list", "create", "update"].map((verb) => accessTo(io, verb, records, namespace)),
    ...[...kinds.values()].map((kind) => accessTo(io, "patch", kind, kind.namespace)),
  ];
}

/** Where a release's records are; Secrets unless ConfigMaps are known. */
function storageKind(store: StoreReader, namespace: string, release: string): "Secret" | "ConfigMap" {
  for (const { object } of store.list({ group: "", kind: "ConfigMap" }, namespace)) {
    const { labels } = object.metadata;
    if (labels?.["owner"] === "helm" && labels["name"] === release) return "ConfigMap";
  }
  return "Secret";
}
