import { fields } from "#lib/model/health/fields.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, ActionHandler, Outcome } from "../action-handler.ts";
import { isHeld } from "../hold.ts";
import { patchObject, previewPatch, readRaw } from "../object-io.ts";
import { undoneBy } from "../undone-by.ts";
import { definedBy, unitWords } from "../unit-object.ts";
import { templateInTheWay } from "./application-set.ts";
import { patchGuarded } from "./guarded.ts";
import { autoSyncOff, autoSyncOn, canAutomate, dropHold, guardedPatch, isAutomated } from "./patches.ts";
import { previewChanges } from "./sync-preview.ts";
import { patchApplication } from "./sync.ts";
import { syncPolicy } from "./sync-operation.ts";

const field = ["spec", "syncPolicy", "automated", "enabled"];

/** Switches auto-sync off: what "suspend" means for Argo CD. */
export const argoSuspend: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal: (context) =>
    isAutomated(context.object)
      ? templateInTheWay(context)
      : "auto-sync is off already: nothing is synced unless someone asks",

  async preview(context): Promise<Outcome> {
    const { io, unit, application } = context;
    const before = await readRaw(io, definedBy(unit));
    const patch = guardedPatch(before, autoSyncOff(before, await knowsEnabled(context, before)));
    const undone = undoneBy(before, field, application.managedBy);
    return {
      message: `Auto-sync of ${unitWords(unit)} would be switched off.`,
      warnings: undone === undefined ? [] : [undone],
      changes: await previewPatch(io, definedBy(unit), before, patch),
    };
  },

  async perform(context): Promise<Outcome> {
    const { unit, application, object } = context;
    const known = object !== undefined && (await knowsEnabled(context, object));
    const after = await patchGuarded(context, (current) => guardedPatch(current, autoSyncOff(current, known)));
    const undone = undoneBy(after, field, application.managedBy);
    return { message: `Auto-sync of ${unitWords(unit)} is off.`, warnings: undone === undefined ? [] : [undone] };
  },
};

/** Switches auto-sync on again, as it was. */
export const argoResume: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal({ object }) {
    if (isHeld(object)) return "an earlier revision is being kept: release the hold instead";
    if (isAutomated(object)) return "nothing to resume: auto-sync is on";
    return canAutomate(object) ? undefined : "nothing to resume: auto-sync is not configured for it";
  },
  preview: previewOn,
  perform: async (context) => await switchOn(context, `Auto-sync of ${unitWords(context.unit)} is on again.`),
};

/** Ends the hold that a rollback left: auto-sync is switched on again and goes to the target revision. */
export const argoReleaseHold: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal: ({ object }) => (isHeld(object) ? undefined : "nothing is being held"),
  preview: previewOn,
  perform: async (context) =>
    await switchOn(context, `The hold of ${unitWords(context.unit)} is released; auto-sync is on again.`),
};

/** Whether this version of Argo CD has `automated.enabled` (since 3.1): older definitions drop it, which a dry run shows. */
export async function knowsEnabled({ io, unit }: ActionContext, application: KubeObject): Promise<boolean> {
  if (!isAutomated(application)) return true;
  const patch = {
    type: "json",
    body: [{ op: "add", path: "/spec/syncPolicy/automated/enabled", value: false }],
  } as const;
  const after = await patchObject(io, definedBy(unit), patch, { dryRun: true });
  return fields(syncPolicy(after)["automated"])["enabled"] === false;
}

async function previewOn(context: ActionContext): Promise<Outcome> {
  const { io, unit, application } = context;
  const before = await readRaw(io, definedBy(unit));
  const [own, sync] = await Promise.all([
    previewPatch(io, definedBy(unit), before, guardedPatch(before, [...autoSyncOn(before), ...dropHold(before)])),
    previewChanges(context),
  ]);
  const undone = undoneBy(before, field, application.managedBy);
  return {
    message: `Auto-sync of ${unitWords(unit)} would be switched on, and Argo CD would sync what is OutOfSync.`,
    warnings: [...(undone === undefined ? [] : [undone]), ...sync.warnings],
    changes: [...own, ...sync.changes],
  };
}

async function switchOn(context: ActionContext, message: string): Promise<Outcome> {
  await patchGuarded(context, (current) => guardedPatch(current, [...autoSyncOn(current), ...dropHold(current)]));
  return { message };
}
