import type { ApplicationRef } from "#lib/model/application.ts";
import { releaseOf } from "#server/desired/helm/release-name.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { helmReleaseKind } from "../unit-object.ts";
import type { ReleasePlace } from "./records.ts";

/** The HelmRelease to which a Helm release belongs: a bare rollback under it is undone by helm-controller. */
export function owningHelmRelease(
  { namespace, release }: ReleasePlace,
  store: StoreReader,
): ApplicationRef | undefined {
  for (const { ref, object } of store.list(helmReleaseKind)) {
    const unit = { engine: "flux-helmrelease", namespace: ref.namespace ?? "", name: ref.name } as const;
    const name = releaseOf(object, unit);
    if (name.release === release && name.storageNamespace === namespace) return unit;
  }
  return undefined;
}
