import type { ActionHandler, Outcome } from "../action-handler.ts";
import { heldWords, isHeld } from "../hold.ts";
import { patchObject, previewPatch, readRaw } from "../object-io.ts";
import { undoneBy } from "../undone-by.ts";
import { definedBy, unitWords } from "../unit-object.ts";
import { resumePatch, suspendPatch } from "./patches.ts";
import { isSuspended } from "./state.ts";
import { nextRequestTime, patchAccess } from "./sync.ts";
import { previewSync } from "./sync-preview.ts";

const field = ["spec", "suspend"];

/** Stops reconciliation of a Kustomization or HelmRelease. */
export const fluxSuspend: ActionHandler = {
  access: (context) => [patchAccess(context)],
  refusal: ({ object }) => (isSuspended(object) ? "it is suspended already" : undefined),

  async preview({ io, unit, application }): Promise<Outcome> {
    const before = await readRaw(io, definedBy(unit));
    const undone = undoneBy(before, field, application.managedBy);
    return {
      message: `${unitWords(unit)} would not be reconciled any more until someone resumes it.`,
      warnings: undone === undefined ? [] : [undone],
      changes: await previewPatch(io, definedBy(unit), before, suspendPatch()),
    };
  },

  async perform({ io, unit, application }): Promise<Outcome> {
    const after = await patchObject(io, definedBy(unit), suspendPatch());
    const undone = undoneBy(after, field, application.managedBy);
    return { message: `${unitWords(unit)} is suspended.`, warnings: undone === undefined ? [] : [undone] };
  },
};

/** Starts reconciliation again, and asks for one at once. */
export const fluxResume: ActionHandler = {
  access: (context) => [patchAccess(context)],
  refusal({ object }) {
    if (object && isHeld(object)) return `${heldWords(object)}: release the hold instead`;
    return isSuspended(object) ? undefined : "nothing to resume: it is not suspended";
  },

  async preview(context): Promise<Outcome> {
    const { io, unit } = context;
    const before = await readRaw(io, definedBy(unit));
    const [own, sync] = await Promise.all([
      previewPatch(io, definedBy(unit), before, resumePatch(context.now())),
      previewSync(context),
    ]);
    const undone = undoneBy(before, field, context.application.managedBy);
    return {
      message: `${unitWords(unit)} would be reconciled again, at once. ${sync.message}`,
      warnings: [...(undone === undefined ? [] : [undone]), ...(sync.warnings ?? [])],
      changes: [...own, ...(sync.changes ?? [])],
    };
  },

  async perform({ io, unit, now }): Promise<Outcome> {
    await patchObject(io, definedBy(unit), resumePatch(nextRequestTime(now())));
    return { message: `${unitWords(unit)} is resumed, and a reconciliation was requested.` };
  },
};
