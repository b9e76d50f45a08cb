import { conditionsOf, findCondition } from "#lib/model/conditions.ts";
import { fields } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** Whether a Flux object is suspended. */
export function isSuspended(object: KubeObject | undefined): boolean {
  return fields(object?.["spec"])["suspend"] === true;
}

/** Whether its controller is at work on it right now. */
export function isReconciling(object: KubeObject): boolean {
  const conditions = conditionsOf(object);
  // With retries, Reconciling stays True between attempts; Ready is False then.
  return (
    findCondition(conditions, "Reconciling")?.status === "True" &&
    findCondition(conditions, "Ready")?.status !== "False"
  );
}
