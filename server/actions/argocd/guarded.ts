import { apiError } from "#lib/api/errors.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext } from "../action-handler.ts";
import { patchObject, readRaw, type Patch } from "../object-io.ts";
import { retryConflicts } from "../retry.ts";
import { definedBy } from "../unit-object.ts";

/**
 * Sends a patch that is guarded by the version it was made from, and makes it anew when Argo CD's controller, which writes status into the
 * same object, was faster. `make` refuses by throwing. @throws KubeError, ApiError
 */
export async function patchGuarded(
  { io, unit, sleep }: ActionContext,
  make: (application: KubeObject) => Patch,
): Promise<KubeObject> {
  const ref: ResourceRef = definedBy(unit);
  return await retryConflicts(sleep, async () => await patchObject(io, ref, make(await readRaw(io, ref))), {
    attempts: 6,
    // A guard that no longer holds makes the patch an invalid one.
    statuses: [409, 422],
  });
}

/** Why no operation can be started: one is there already. */
export function operationInTheWay(application: KubeObject | undefined): string | undefined {
  if (application?.["operation"] !== undefined) return "an operation is requested already";
  return isOperating(application) ? "an operation is running: wait for it or terminate it" : undefined;
}

/** Whether an operation runs. */
export function isOperating(application: KubeObject | undefined): boolean {
  const phase = text(fields(fields(application?.["status"])["operationState"])["phase"]);
  return phase === "Running" || phase === "Terminating";
}

/** @throws ApiError when an operation is in the way, found at the last moment */
export function refuseIfOperating(application: KubeObject): void {
  const reason = operationInTheWay(application);
  if (reason !== undefined)
    throw apiError(409, "conflict", "This can't be done now.", { detail: `There is something in the way: ${reason}.` });
}
