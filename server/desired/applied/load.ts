import { getIn, isRecord } from "#lib/diff/json.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
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
  const ignore = getIn(application, "spec", "ignoreDifferences");
  const rules = Array.isArray(ignore) ? ignore.filter(isRecord) : [];
  const objects = resources.flatMap((ref): DesiredObject[] => {
    const live = io.store.get(resourceKey(ref))?.object;
    const object = live && lastApplied(live);
    if (!object) return [];
    const pointers = rules
      .filter((rule) => concerns(rule, refOf(object)))
      .flatMap((rule) =>
        Array.isArray(rule["jsonPointers"])
          ? rule["jsonPointers"].filter((pointer) => typeof pointer === "string")
          : [],
      );
    return [{ object, ...(pointers.length > 0 ? { ignore: pointers } : {}) }];
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

/** Source: argo-cd `util/argo/normalizers/diff_normalizer.go`: group and kind have to match (`*` matches all), name and namespace when they are given. */
function concerns(rule: Readonly<Record<string, unknown>>, ref: ResourceRef): boolean {
  const matches = (pattern: unknown, value: string, optional: boolean): boolean =>
    pattern === "*" || pattern === value || (optional && (pattern === undefined || pattern === ""));
  return (
    matches(rule["group"] ?? "", ref.group, false) &&
    matches(rule["kind"], ref.kind, false) &&
    matches(rule["name"], ref.name, true) &&
    matches(rule["namespace"], ref.namespace ?? "", true)
  );
}
