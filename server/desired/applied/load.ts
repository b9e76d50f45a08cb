import { refOf } from "#lib/diff/manifest-object.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { ignoreRules, type IgnoreRules } from "../argocd/ignore-rules.ts";
import type { DesiredObject, DesiredState } from "../desired-state.ts";
import { DesiredFault } from "../fault.ts";
import type { EngineIo } from "../io.ts";
import { lastApplied } from "./last-applied.ts";

/**
 * The desired state of what `kubectl apply` or Argo CD applied: what the live objects' own annotation says was applied last. Objects without it (server-side
 * apply keeps none) are left out. `application` is Argo CD's, whose `ignoreDifferences` count.
 * @throws DesiredFault when no object has a record
 */
export function loadLastApplied(
  resources: readonly ResourceRef[],
  application: KubeObject | undefined,
  key: string,
  io: EngineIo,
): DesiredState {
  const objects = resources.flatMap((ref): DesiredObject[] => {
    const live = io.store.get(resourceKey(ref))?.object;
    const object = live && lastApplied(live);
    if (!object) return [];
    return [application ? withRules(object, ignoreRules(application, refOf(object), io.store)) : { object }];
  });
  if (objects.length === 0) {
    throw new DesiredFault(
      application
        ? "The desired manifests are not in the Kubernetes API: no resource carries what was last applied (server-side apply keeps no record)."
        : "No resource carries what was last applied (kubectl apply --server-side keeps no record), so there is nothing to compare with.",
    );
  }
  return { key, objects, exactness: "local" };
}

/** What Argo CD ignores is not judged, and neither is what it may ignore by a rule that can't be evaluated here. */
function withRules(object: KubeObject, { pointers, managers, unknown, anything }: IgnoreRules): DesiredObject {
  const rules = unknown.length === 0 ? undefined : `a jq rule can't be evaluated here: ${unknown.join("; ")}`;
  return {
    object,
    ...(pointers.length > 0 && { ignore: pointers }),
    ...(managers.length > 0 && { ignoreManagers: managers }),
    ...(rules !== undefined && (anything ? { skip: rules } : { unknown: rules })),
  };
}
