import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** When an application sets again what it applies. */
export interface Rhythm {
  /** Whether it does so by itself while its source stays as it is. */
  readonly active: boolean;
  /** "every 10m", "at its next upgrade"; absent while it does nothing at all. */
  readonly when?: string;
  /** A sentence about its own objects. */
  readonly text: string;
}

/**
 * What a unit's own controller does about changes of its objects, as its definition says; undefined where that can't be read.
 * Sources: kustomize-controller (applies at each interval), helm-controller `spec.driftDetection`, argo-cd `spec.syncPolicy.automated`.
 */
export function rhythmOf(
  { engine }: Pick<ApplicationRef, "engine">,
  definition: KubeObject | undefined,
): Rhythm | undefined {
  if (engine === "helm")
    return {
      active: false,
      when: "at the next upgrade",
      text: "Helm does nothing by itself: a change of its objects stays until the next upgrade or rollback.",
    };
  if (engine === "kubectl")
    return {
      active: false,
      when: "when the files are applied again",
      text: "kubectl does nothing by itself: a change stays until somebody applies the files again.",
    };
  if (!definition) return undefined;
  if (engine === "argocd") return argoRhythm(definition);
  const spec = fields(definition["spec"]);
  if (spec["suspend"] === true)
    return { active: false, text: "It is suspended: nothing is set again until somebody resumes it." };
  const when = text(spec["interval"]) === "" ? "regularly" : `every ${text(spec["interval"])}`;
  if (engine === "flux-kustomization")
    return {
      active: true,
      when,
      text: `kustomize-controller applies it ${when}: fields that the source sets come back, and objects that were deleted.`,
    };
  return helmReleaseRhythm(text(fields(spec["driftDetection"])["mode"]), when);
}

function helmReleaseRhythm(mode: string, when: string): Rhythm {
  if (mode === "enabled")
    return { active: true, when, text: `helm-controller corrects drift ${when}, and undoes a bare helm rollback.` };
  const how = mode === "warn" ? "tells of drift and leaves it" : "does not look for drift";
  return {
    active: false,
    when: "at its next upgrade",
    text: `helm-controller ${how}: a change stays until the next upgrade. A bare helm rollback is undone.`,
  };
}

function argoRhythm(application: KubeObject): Rhythm {
  if (application.metadata.annotations?.["argocd.argoproj.io/skip-reconcile"] === "true")
    return { active: false, text: "Argo CD does not reconcile it (skip-reconcile): nothing is set again." };
  const policy = fields(fields(application["spec"])["syncPolicy"])["automated"];
  const automated = fields(policy);
  if (policy === undefined || policy === null || automated["enabled"] === false)
    return {
      active: false,
      when: "when somebody syncs it",
      text: "Argo CD syncs it only when somebody asks: a change stays until then.",
    };
  if (automated["selfHeal"] === true)
    return {
      active: true,
      when: "within moments",
      text: "Argo CD heals it: what differs from Git is set again within moments.",
    };
  return {
    active: false,
    when: "when Git changes",
    text: "Argo CD syncs it when Git changes: a change stays until then.",
  };
}
