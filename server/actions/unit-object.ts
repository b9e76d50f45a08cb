import type { ApplicationRef } from "#lib/model/application.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { GroupKind } from "#server/kube/store.ts";

/** Flux's Kustomization. */
export const kustomizationKind: GroupKind = { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" };
/** Flux's HelmRelease. */
export const helmReleaseKind: GroupKind = { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" };
/** Argo CD's Application. */
export const applicationKind: GroupKind = { group: "argoproj.io", kind: "Application" };

const kinds: Partial<Record<ApplicationRef["engine"], GroupKind>> = {
  "flux-kustomization": kustomizationKind,
  "flux-helmrelease": helmReleaseKind,
  argocd: applicationKind,
};

/** The object that defines a unit; undefined for Helm releases and kubectl's workloads, which have none. */
export function unitRef({ engine, namespace, name }: ApplicationRef): ResourceRef | undefined {
  const kind = kinds[engine];
  return kind && { ...kind, namespace, name };
}

/** {@link unitRef} of a unit whose engine has such objects. @throws Error for the others */
export function definedBy(unit: ApplicationRef): ResourceRef {
  const ref = unitRef(unit);
  if (!ref) throw new Error(`units of ${unit.engine} have no object of their own`);
  return ref;
}

/** A unit as people say it: `HelmRelease team-a/portal`. */
export function unitWords(unit: ApplicationRef): string {
  const kind = kinds[unit.engine]?.kind ?? (unit.engine === "helm" ? "Helm release" : "application");
  return `${kind} ${unit.namespace}/${unit.name}`;
}
