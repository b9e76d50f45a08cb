import { fields, text } from "#lib/model/health/fields.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { heldWords, isHeld } from "../hold.ts";
import { accessTo, findRaw, patchObject } from "../object-io.ts";
import { definedBy, unitWords } from "../unit-object.ts";
import { reconcilePatch, requestTime } from "./patches.ts";
import { requestSources } from "./request-source.ts";
import { directSource, sourceChain } from "./source-chain.ts";
import { isSuspended } from "./state.ts";
import { previewSync } from "./sync-preview.ts";

let sequence = 0;

/** The annotation value of a new request. */
export function nextRequestTime(now: string): string {
  return requestTime(now, (sequence += 1));
}

/** Asks a Flux controller to reconcile, with its source first where that is wanted. */
export const fluxSync: ActionHandler = {
  access: (context, request) => [patchAccess(context), ...(request?.withSource === true ? sourceAccess(context) : [])],

  refusal({ object }) {
    if (object && isHeld(object)) return `${heldWords(object)}: release the hold first`;
    return isSuspended(object) ? "suspended: resume it first" : undefined;
  },

  preview: previewSync,

  async perform(context): Promise<Outcome> {
    const { io, unit, object, request, now, sleep } = context;
    const time = nextRequestTime(now());
    const sources = request.withSource === true && object ? await sourceChain(object, (ref) => findRaw(io, ref)) : [];
    const warnings = await requestSources(sources, time, { io, sleep });
    const helm = unit.engine === "flux-helmrelease";
    const options = { force: helm && request.force === true, reset: helm && request.hard === true };
    await patchObject(io, definedBy(unit), reconcilePatch(time, options));
    const what = options.force
      ? "One install or upgrade was requested even if nothing has changed"
      : "A reconciliation was requested";
    const source = sources.at(-1);
    return {
      message: `${what} of ${unitWords(unit)}${source === undefined ? "" : `, after its source ${formatRef(source)}`}.`,
      warnings,
      ...revisions(context),
    };
  },
};

/** `patch` on the unit's own object. */
export function patchAccess({ io, unit }: UnitContext): AccessAttributes {
  const { name, namespace, ...kind } = definedBy(unit);
  return accessTo(io, "patch", kind, namespace, name);
}

function sourceAccess({ io, object }: UnitContext): AccessAttributes[] {
  const source = object && directSource(object);
  return source === undefined ? [] : [accessTo(io, "patch", source, source.namespace, source.name)];
}

function revisions({ object }: ActionContext): Pick<Outcome, "from"> {
  const from = text(fields(object?.["status"])["lastAppliedRevision"]);
  return from === "" ? {} : { from };
}
