import type { ActionResult } from "#lib/model/action.ts";
import {
  automationKey,
  type AutomationKind,
  type AutomationObject,
  type AutomationRef,
} from "#lib/model/automation.ts";
import { fluxSourceActions, type FluxSourceAction, type FluxSourcePermission } from "#lib/model/flux-source.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { ClusterView } from "#server/view/view.ts";
import { automationGroupKind, isOperators, isStatic, operatorSuspension } from "#server/sources/automation/kinds.ts";
import { isAutomationSuspended } from "#server/sources/automation/read-automation.ts";
import { notAllowed, notNow } from "../faults.ts";
import { reconcilePatch, requestedAt, suspendPatch } from "../flux/patches.ts";
import { nextRequestTime } from "../flux/sync.ts";
import { missingWords, reviewAll } from "../missing-access.ts";
import { accessTo, type Patch, patchObject, readRaw } from "../object-io.ts";
import { undoneBy } from "../undone-by.ts";

/** Why an action can't be taken now, whoever asks; undefined when it can. */
export function automationRefusal(
  action: FluxSourceAction,
  kind: AutomationKind,
  suspended: boolean,
): string | undefined {
  switch (action) {
    case "refresh":
      if (isStatic(kind)) return `there is nothing to reconcile: ${kind}s are read when there is something to tell`;
      return suspended ? "it is suspended: resume it first" : undefined;
    case "suspend":
      return suspended ? "it is suspended already" : undefined;
    case "resume":
      return suspended ? undefined : "nothing to resume: it is not suspended";
  }
}

/** What the person may do with each of these, by `automationKey`; all reviews are asked in one batch. @throws KubeError with status 401 */
export async function automationPermissions(
  items: readonly Pick<AutomationObject, "kind" | "namespace" | "name" | "suspended">[],
  view: Pick<ClusterView, "access">,
  io: EngineIo,
): Promise<Map<string, FluxSourcePermission[]>> {
  const answers = await reviewAll(
    view.access,
    items.map((item) => patchAccess(item, io)),
  );
  return new Map(
    items.map((item) => {
      const missing = missingWords([patchAccess(item, io)], answers);
      const permissions = fluxSourceActions.map((action): FluxSourcePermission => {
        const reason = missing ?? automationRefusal(action, item.kind, item.suspended);
        return reason === undefined ? { action, allowed: true } : { action, allowed: false, reason };
      });
      return [automationKey(item), permissions];
    }),
  );
}

/** Reconciles, suspends or resumes, with the person's own rights. @throws ApiError when it can't be done now or they may not; KubeError */
export async function performAutomation(
  action: FluxSourceAction,
  item: AutomationRef,
  time: string,
  view: Pick<ClusterView, "access">,
  io: EngineIo,
): Promise<ActionResult> {
  const access = patchAccess(item, io);
  const missing = missingWords([access], await reviewAll(view.access, [access]));
  if (missing !== undefined) throw notAllowed(`this ${missing}`);
  const { kind, namespace, name } = item;
  const ref = { ...automationGroupKind(kind), namespace, name };
  const refusal = automationRefusal(action, kind, isAutomationSuspended(kind, await readRaw(io, ref)));
  if (refusal !== undefined) throw notNow(refusal);
  const after = await patchObject(io, ref, patchFor(action, kind, nextRequestTime(time)));
  const undone =
    action === "refresh" || isOperators(kind) ? undefined : undoneBy(after, ["spec", "suspend"], undefined);
  return {
    preview: false,
    accepted: true,
    warnings: undone === undefined ? [] : [undone],
    message: `${kind} ${namespace}/${name} ${done[action]}`,
  };
}

const done: Readonly<Record<FluxSourceAction, string>> = {
  refresh: "was asked to reconcile now.",
  suspend: "is suspended: it does nothing until someone resumes it.",
  resume: "is resumed.",
};

/** A patch for each action: the Flux Operator's objects are suspended by an annotation, all others by their spec. */
export function patchFor(action: FluxSourceAction, kind: AutomationKind, time: string): Patch {
  if (action === "refresh") return reconcilePatch(time);
  if (isOperators(kind)) {
    const value = action === "suspend" ? "disabled" : "enabled";
    const request = action === "suspend" ? {} : { [requestedAt]: time };
    return { type: "merge", body: { metadata: { annotations: { [operatorSuspension]: value, ...request } } } };
  }
  if (action === "suspend") return suspendPatch();
  const annotations = isStatic(kind) ? {} : { metadata: { annotations: { [requestedAt]: time } } };
  return { type: "merge", body: { ...annotations, spec: { suspend: null } } };
}

function patchAccess({ kind, namespace }: Pick<AutomationRef, "kind" | "namespace">, io: EngineIo): AccessAttributes {
  return accessTo(io, "patch", automationGroupKind(kind), namespace);
}
