import { sourceGroup } from "../common/flux-source.ts";
import type { EngineReader } from "../engine.ts";
import { kustomizationDetail } from "./detail.ts";
import { kustomizationHistory } from "./history.ts";
import { kustomizationKind } from "./kind.ts";
import { readKustomization } from "./read.ts";

const sourceKinds = ["GitRepository", "OCIRepository", "Bucket", "ExternalArtifact"];

/** Flux Kustomizations. */
export const fluxKustomization: EngineReader = {
  engine: "flux-kustomization",
  watches: [
    { ...kustomizationKind, depth: "full" },
    ...sourceKinds.map((kind) => ({ group: sourceGroup, kind, depth: "full" as const })),
  ],
  unitsOf({ ref }) {
    if (ref.group !== kustomizationKind.group || ref.kind !== kustomizationKind.kind || ref.namespace === undefined)
      return [];
    return [{ engine: "flux-kustomization", namespace: ref.namespace, name: ref.name }];
  },
  read: readKustomization,
  detail: kustomizationDetail,
  history: kustomizationHistory,
};
