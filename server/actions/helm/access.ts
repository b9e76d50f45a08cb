import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { HookFact } from "#server/desired/desired-state.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { UnitContext } from "../action-handler.ts";
import { accessTo } from "../object-io.ts";
import type { ReleasePlace } from "./records.ts";

/** What `helm rollback` needs: to write its records, and to change the kinds that the release has. */
export function rollbackAccess(context: UnitContext, place: ReleasePlace): AccessAttributes[] {
  return [...recordAccess(context, place, ["list", "create", "update"]), ...kindAccess(context, "patch")];
}

/** What `helm uninstall` needs: to change and remove its records, and to delete what the release has. */
export function uninstallAccess(context: UnitContext, place: ReleasePlace): AccessAttributes[] {
  const keeps = ["list", "update"];
  return [...recordAccess(context, place, [...keeps, "delete"]), ...kindAccess(context, "delete")];
}

/** What `helm test` needs: to write down what came of it, and to create and delete the tests. */
export function testAccess(context: UnitContext, place: ReleasePlace, tests: readonly HookFact[]): AccessAttributes[] {
  const kinds = uniqueKinds(tests.map(({ ref }) => ref));
  return [
    ...recordAccess(context, place, ["list", "update"]),
    ...["create", "delete", "watch"].flatMap((verb) =>
      kinds.map((kind) => accessTo(context.io, verb, kind, kind.namespace)),
    ),
  ];
}

type Kind = Pick<ResourceRef, "group" | "kind" | "namespace">;

function recordAccess(
  { io }: UnitContext,
  { namespace, release }: ReleasePlace,
  verbs: readonly string[],
): AccessAttributes[] {
  const records = { group: "", kind: storageKind(io.store, namespace, release) };
  return verbs.map((verb) => accessTo(io, verb, records, namespace));
}

function kindAccess({ io, reading }: UnitContext, verb: string): AccessAttributes[] {
  const refs = reading.inventory.filter(({ hook }) => hook !== true).map(({ ref }) => ref);
  return uniqueKinds(refs).map((kind) => accessTo(io, verb, kind, kind.namespace));
}

function uniqueKinds(refs: readonly Kind[]): Kind[] {
  return [...new Map(refs.map((ref) => [`${ref.group}/${ref.kind}/${ref.namespace ?? ""}`, ref])).values()];
}

/** Where a release's records are; Secrets unless ConfigMaps are known. */
function storageKind(store: StoreReader, namespace: string, release: string): "Secret" | "ConfigMap" {
  for (const { object } of store.list({ group: "", kind: "ConfigMap" }, namespace)) {
    const { labels } = object.metadata;
    if (labels?.["owner"] === "helm" && labels["name"] === release) return "ConfigMap";
  }
  return "Secret";
}
