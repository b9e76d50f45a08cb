import { type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import { managedBy } from "#server/engines/managed-by.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { undoneBy } from "../../undone-by.ts";
import { unitRef, unitWords } from "../../unit-object.ts";

/** Who would take a pin away again, and who applies the source without doing so. */
export interface Undoers {
  /** A Flux object that applies a field that the pin changes: it has to be suspended for the pin to stay. */
  readonly suspend: ResourceRef | undefined;
  /** Sentences about what Driftglass can't keep from undoing it, and about what applies the source but leaves the pin alone. */
  readonly warnings: readonly string[];
}

/**
 * Judges by `managedFields` of the source as the API server has it: what applies it from a manifest without the pinned field leaves that alone
 * (server-side apply), and is not suspended for nothing; it may be what applies the whole cluster.
 */
export function undoersOf(
  ref: ResourceRef,
  source: KubeObject,
  changed: readonly string[],
  self: ResourceRef,
  store: StoreReader,
): Undoers {
  const { uid = "", resourceVersion = "" } = source.metadata;
  const owner = managedBy({ key: resourceKey(ref), ref, uid, resourceVersion, object: source }, store);
  const words = `${ref.kind} ${ref.namespace}/${ref.name}`;
  const undone = changed
    .map((field) => undoneBy(source, ["spec", "ref", field], owner))
    .find((warning) => warning !== undefined);
  if (undone === undefined) {
    const leaves =
      owner && `${words} is applied by ${unitWords(owner)}, which does not set the pinned field and leaves it alone.`;
    return { suspend: undefined, warnings: leaves === undefined ? [] : [leaves] };
  }
  const target = owner && unitRef(owner);
  const isFlux = owner?.engine === "flux-kustomization" || owner?.engine === "flux-helmrelease";
  if (target === undefined || !isFlux || resourceKey(target) === resourceKey(self))
    return { suspend: undefined, warnings: [`${words}: ${undone}`] };
  return { suspend: target, warnings: [] };
}
