import { releaseOf, releaseRecord } from "../common/helm-release.ts";
import type { EngineReader } from "../engine.ts";
import { releaseDetail } from "./detail.ts";
import { readRelease } from "./read.ts";

/** Plain Helm releases: those that no HelmRelease makes. Their history comes from the release records themselves. */
export const helm: EngineReader = {
  engine: "helm",
  watches: [
    {
      group: "",
      kind: "Secret",
      depth: "metadata",
      labelSelector: "owner=helm",
      fieldSelector: "type=helm.sh/release.v1",
    },
    { group: "", kind: "ConfigMap", depth: "metadata", labelSelector: "owner=helm" },
  ],
  unitsOf(object) {
    const record = releaseRecord(object);
    if (record !== undefined) return [{ engine: "helm", namespace: record.namespace, name: record.name }];
    // A HelmRelease that comes takes its release out of the list, and one that goes brings it back.
    if (object.ref.group !== "helm.toolkit.fluxcd.io" || object.ref.kind !== "HelmRelease") return [];
    const { name, storageNamespace } = releaseOf(object);
    return [{ engine: "helm", namespace: storageNamespace, name }];
  },
  read: readRelease,
  detail: releaseDetail,
  history: () => undefined,
};
