import type { ManifestObject } from "#lib/diff/manifest-object.ts";

/**
 * Labels or annotations by which an object opts out of being corrected, on the desired or the live object.
 * Sources: kustomize-controller `internal/controller` (DiffOptions.Exclusions), helm-controller `internal/action/diff.go`.
 */
const exclusions: readonly (readonly [name: string, value: string])[] = [
  ["kustomize.toolkit.fluxcd.io/reconcile", "disabled"],
  ["kustomize.toolkit.fluxcd.io/ssa", "ignore"],
  ["helm.toolkit.fluxcd.io/driftDetection", "disabled"],
];

/** Why drift of this object is not judged, in the words of its own metadata (`kustomize.toolkit.fluxcd.io/ssa: ignore`). */
export function excludedBy(object: ManifestObject | undefined): string | undefined {
  const found = exclusions.find(([name, value]) => has(object, name, value));
  return found && `${found[0]}: ${found[1]}`;
}

/** Whether the engine creates the object and then leaves it alone. */
export function isExistenceOnly(object: ManifestObject): boolean {
  return has(object, "kustomize.toolkit.fluxcd.io/ssa", "ifnotpresent");
}

function has(object: ManifestObject | undefined, name: string, value: string): boolean {
  const { labels, annotations } = object?.metadata ?? {};
  return [labels?.[name], annotations?.[name]].some((candidate) => candidate?.toLowerCase() === value.toLowerCase());
}
