import type { AutomationList } from "#lib/api/source-contract.ts";
import type { ActionResult } from "#lib/model/action.ts";
import { automationKey, type AutomationRef } from "#lib/model/automation.ts";
import {
  fluxSourceKey,
  type FluxSourceAction,
  type FluxSourceActionRequest,
  type FluxSourcePermission,
  type FluxSourceRef,
} from "#lib/model/flux-source.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { sourceGroup } from "#server/engines/common/flux-source.ts";
import type { Identity } from "#server/kube/identity.ts";
import { automationGroupKind } from "#server/sources/automation/kinds.ts";
import { listAutomation } from "#server/sources/automation/list-automation.ts";
import { storedSources } from "#server/sources/sources.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { ActionTools } from "../action-tools.ts";
import { notAllowed, notNow } from "../faults.ts";
import { reconcilePatch, requestedAt, suspendPatch } from "../flux/patches.ts";
import { nextRequestTime } from "../flux/sync.ts";
import { type Patch, patchObject, readRaw } from "../object-io.ts";
import { undoneBy } from "../undone-by.ts";
import { automationPermissions, performAutomation } from "./automation-actions.ts";
import { missingForSources, sourcePermissions, sourceRefusal } from "./source-permissions.ts";

/** What a person asks of one source. */
export interface SourceCall {
  readonly view: ClusterView;
  readonly source: FluxSourceRef;
  readonly action: FluxSourceAction;
  readonly request: FluxSourceActionRequest;
  readonly actor: Identity;
}

/** What a person asks of one of Flux's other objects. */
export interface AutomationCall extends Omit<SourceCall, "source"> {
  readonly object: AutomationRef;
}

/** The actions on sources, with the person's own rights. */
export interface SourceActionPort {
  /** What the person may do with each source of the view, by `fluxSourceKey`. @throws KubeError with status 401 */
  sourcePermissions(view: ClusterView): Promise<ReadonlyMap<string, FluxSourcePermission[]>>;
  /** Performs; there is no preview, because nothing but the source itself changes at once. @throws ApiError, KubeError */
  performOnSource(call: SourceCall): Promise<ActionResult>;
  /** Image automation, notifications and the Flux Operator's objects, with what the person may do. @throws KubeError */
  listAutomation(view: ClusterView): Promise<AutomationList>;
  /** As {@link performOnSource}. @throws ApiError, KubeError */
  performOnAutomation(call: AutomationCall): Promise<ActionResult>;
}

/** Reconcile, suspend and resume of Flux's sources: authorised by the cluster, recorded in the audit log. */
export function createSourceActions({ ioOf, audited, masker, now }: ActionTools): SourceActionPort {
  return {
    async sourcePermissions(view) {
      const sources = storedSources(view.store);
      const missing = await missingForSources(
        sources.map(({ ref }) => ref),
        view.access,
        view.discovery,
      );
      return new Map(
        sources.map(({ ref, stored }) => [
          fluxSourceKey(ref),
          sourcePermissions(ref.kind, stored.object, missing(ref)),
        ]),
      );
    },

    performOnSource: async ({ source, ...call }) =>
      await perform({ group: sourceGroup, ...source }, call, () =>
        attempt(call.view, ioOf(call.view), source, call.action, now()),
      ),

    async listAutomation(view) {
      const io = ioOf(view);
      const { items, ...rest } = await listAutomation(view, masker);
      const permissions = await automationPermissions(items, view, io);
      return {
        ...rest,
        items: items.map((item) => ({ ...item, permissions: permissions.get(automationKey(item)) ?? [] })),
      };
    },

    performOnAutomation: async ({ object, ...call }) =>
      await perform({ ...automationGroupKind(object.kind), namespace: object.namespace, name: object.name }, call, () =>
        performAutomation(call.action, object, now(), call.view, ioOf(call.view)),
      ),
  };

  async function perform(
    about: ResourceRef,
    { view, action, request, actor }: Pick<SourceCall, "view" | "action" | "request" | "actor">,
    work: () => Promise<ActionResult>,
  ): Promise<ActionResult> {
    const unit = `${about.group}/${about.kind}/${about.namespace}/${about.name}`;
    return await audited({ view, actor, action, unit, about, reason: request.reason, lock: unit }, work);
  }
}

/** @throws ApiError when it can't be done now or the person may not do it: before anything has been changed */
async function attempt(
  view: ClusterView,
  io: EngineIo,
  source: FluxSourceRef,
  action: FluxSourceAction,
  time: string,
): Promise<ActionResult> {
  const missing = (await missingForSources([source], view.access, view.discovery))(source);
  if (missing !== undefined) throw notAllowed(`this ${missing}`);
  const ref: ResourceRef = { group: sourceGroup, ...source };
  const refusal = sourceRefusal(action, source.kind, await readRaw(io, ref));
  if (refusal !== undefined) throw notNow(refusal);
  const after = await patchObject(io, ref, patchFor(action, nextRequestTime(time)));
  const undone = action === "refresh" ? undefined : undoneBy(after, ["spec", "suspend"], undefined);
  return {
    preview: false,
    accepted: true,
    warnings: undone === undefined ? [] : [undone],
    message: `${source.kind} ${source.namespace}/${source.name} ${done[action]}`,
  };
}

const done: Readonly<Record<FluxSourceAction, string>> = {
  refresh: "was asked to fetch now.",
  suspend: "is suspended: nothing new is fetched until someone resumes it.",
  resume: "is resumed and was asked to fetch now.",
};

/** A hold is not touched by any of these: it ends by releasing it. */
function patchFor(action: FluxSourceAction, time: string): Patch {
  switch (action) {
    case "refresh":
      return reconcilePatch(time);
    case "suspend":
      return suspendPatch();
    case "resume":
      return {
        type: "merge",
        body: { metadata: { annotations: { [requestedAt]: time } }, spec: { suspend: null } },
      };
  }
}
