import type { ApplicationRef } from "#lib/model/application.ts";
import { findCondition } from "#lib/model/conditions.ts";
import { type Fields, fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { type FluxObject, fluxObject } from "../common/flux-object.ts";
import { findSource, type SourceView } from "../common/flux-source.ts";

/** Flux's Kustomization, without a version: discovery finds the preferred one. */
export const kustomizationKind = { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" } as const;

/** A Kustomization with the objects that it refers to. */
export interface KustomizationView {
  readonly unit: ApplicationRef;
  readonly flux: FluxObject;
  readonly source: SourceView | undefined;
  /** `status.lastAppliedRevision`: what was applied and became healthy. */
  readonly appliedRevision: string | undefined;
  /**
   * What is in the cluster: the attempted revision once its health checks run or have failed, because the controller has applied it by then
   * and writes `lastAppliedRevision` only after them.
   */
  readonly presentRevision: string | undefined;
  readonly attemptedRevision: string | undefined;
}

/** Looks up a Kustomization and its source; undefined when there is none. */
export function viewKustomization(unit: ApplicationRef, store: StoreReader): KustomizationView | undefined {
  const stored = store.get(kustomizationKey(unit));
  if (stored === undefined) return undefined;
  const flux = fluxObject(stored);
  const appliedRevision = text(flux.status["lastAppliedRevision"]) || undefined;
  const attemptedRevision = text(flux.status["lastAttemptedRevision"]) || undefined;
  return {
    unit,
    flux,
    source: findSource(fields(flux.spec["sourceRef"]), unit.namespace, store),
    appliedRevision,
    presentRevision: isPastApply(flux) ? (attemptedRevision ?? appliedRevision) : appliedRevision,
    attemptedRevision,
  };
}

// Source: kustomize-controller `internal/controller/kustomization_controller.go` (reconcile: apply, health check, then record).
function isPastApply({ ready, conditions }: FluxObject): boolean {
  if (ready?.reason === "HealthCheckFailed" || ready?.reason === "HealthCheckCanceled") return true;
  const reconciling = findCondition(conditions, "Reconciling");
  return reconciling?.status === "True" && /health check/i.test(reconciling.message ?? "");
}

/** The store's key of a Kustomization. */
function kustomizationKey({ namespace, name }: { namespace: string; name: string }): string {
  return resourceKey({ ...kustomizationKind, namespace, name });
}

/** The key of the Kustomization that an entry of `spec.dependsOn` names. */
export function dependencyKey(entry: Fields, namespace: string): string {
  return kustomizationKey({ namespace: text(entry["namespace"]) || namespace, name: text(entry["name"]) });
}

/** Keys of the ConfigMaps and Secrets that `postBuild.substituteFrom` reads. */
export function substitutionKeys({ flux, unit }: KustomizationView): string[] {
  return list(fields(flux.spec["postBuild"])["substituteFrom"]).map((entry) => {
    const { kind, name } = fields(entry);
    return resourceKey({ group: "", kind: text(kind), namespace: unit.namespace, name: text(name) });
  });
}
