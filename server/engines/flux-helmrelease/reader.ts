import type { EngineReader } from "../engine.ts";
import { releaseOf, releaseRecord } from "../common/helm-release.ts";
import { helmReleaseDetail } from "./detail.ts";
import { helmReleaseHistory } from "./history.ts";
import { chartSourceKinds, helmReleaseKind, isHelmRelease } from "./kind.ts";
import { readHelmRelease } from "./read.ts";

/** Flux HelmReleases. */
export const fluxHelmRelease: EngineReader = {
  engine: "flux-helmrelease",
  watches: [{ ...helmReleaseKind, depth: "full" }, ...chartSourceKinds],
  unitsOf(object, store) {
    const { ref } = object;
    if (isHelmRelease(object))
      return ref.namespace === undefined
        ? []
        : [{ engine: "flux-helmrelease", namespace: ref.namespace, name: ref.name }];
    // A release record shows in the history of the HelmRelease that made it.
    const record = releaseRecord(object);
    if (record === undefined || store === undefined) return [];
    const owners = [];
    for (const candidate of store.list(helmReleaseKind, record.namespace)) {
      if (releaseOf(candidate).name === record.name && candidate.ref.namespace !== undefined)
        owners.push({
          engine: "flux-helmrelease",
          namespace: candidate.ref.namespace,
          name: candidate.ref.name,
        } as const);
    }
    return owners;
  },
  read: readHelmRelease,
  detail: helmReleaseDetail,
  history: helmReleaseHistory,
};
