import { fieldOwner } from "#lib/diff/field-manager.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { unitWords } from "./unit-object.ts";

/** Field managers of controllers that set again what they apply. */
const controllers = new Set([
  "kustomize-controller",
  "helm-controller",
  "argocd-controller",
  "argocd-application-controller",
  "flux-operator",
  "helm",
]);

/**
 * A warning when a controller applies this very field and will set it again; undefined when it leaves the field alone.
 * Known from `managedFields`: server-side apply touches only the fields that are in the manifest.
 */
export function undoneBy(
  object: KubeObject,
  field: readonly string[],
  parent: ApplicationRef | undefined,
): string | undefined {
  const entries = (object.metadata.managedFields ?? []).filter(
    ({ manager }) => manager !== undefined && controllers.has(manager),
  );
  const owner = fieldOwner(
    entries,
    field.map((name) => ({ field: name })),
  );
  if (owner === undefined) return undefined;
  const who = parent === undefined ? owner.manager : unitWords(parent);
  return `${who} applies ${field.join(".")} too and will set it again; change it where ${parent === undefined ? "it comes from" : "that takes it from"}, or suspend ${parent === undefined ? "it" : "that"} first.`;
}
