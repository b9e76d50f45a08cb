import { apiError } from "#lib/api/errors.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, ActionHandler, Outcome } from "../action-handler.ts";
import { isHeld } from "../hold.ts";
import { previewPatch, readRaw } from "../object-io.ts";
import { undoneBy } from "../undone-by.ts";
import { definedBy, unitWords } from "../unit-object.ts";
import { knowsEnabled } from "./auto-sync.ts";
import { operationInTheWay, patchGuarded, refuseIfOperating } from "./guarded.ts";
import { isAutomated, operationPatch, rollbackPatch } from "./patches.ts";
import { patchApplication } from "./sync.ts";
import { entryRevision, historyEntry, type HistoryEntry, rollbackOperation } from "./sync-operation.ts";

/** Goes back to an entry of the history; auto-sync is switched off in the same patch and the hold says so. */
export const argoRollback: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal: ({ object }) => operationInTheWay(object),

  async preview(context): Promise<Outcome> {
    const { io, unit } = context;
    const before = await readRaw(io, definedBy(unit));
    const entry = entryOf(before, context);
    const changes = await previewPatch(
      io,
      definedBy(unit),
      before,
      makePatch(before, entry, context, await knowsEnabled(context, before)),
    );
    return {
      message: `${unitWords(unit)} would be synced to ${shortRevision(entryRevision(entry))} (history ${entry.id}).`,
      warnings: [
        ...holdWarnings(before, context),
        "Argo CD's history holds no manifests: which objects that revision changes can't be shown here. Objects that it does not have stay, unless you prune.",
      ],
      changes,
      ...revisions(entry, context),
    };
  },

  async perform(context): Promise<Outcome> {
    const { io, unit } = context;
    const current = await readRaw(io, definedBy(unit));
    const entry = entryOf(current, context);
    const known = await knowsEnabled(context, current);
    const warnings = holdWarnings(current, context);
    await patchGuarded(context, (application) => {
      refuseIfOperating(application);
      return makePatch(application, entry, context, known);
    });
    return {
      message: `A rollback of ${unitWords(unit)} to ${shortRevision(entryRevision(entry))} was requested.`,
      warnings,
      ...revisions(entry, context),
    };
  },
};

function entryOf(application: KubeObject, { request }: ActionContext): HistoryEntry {
  if (request.revision === undefined) throw apiError(422, "invalid", "Say which revision to go back to.");
  const entry = historyEntry(application, request.revision);
  if (!entry)
    throw apiError(422, "invalid", "This revision is not in the application's history (any more).", {
      hint: "Choose one from its history.",
    });
  if (entry.fields["source"] === undefined && entry.fields["sources"] === undefined) {
    throw apiError(422, "invalid", "The history does not say which source this revision came from.", {
      hint: "Sync to the revision instead.",
    });
  }
  return entry;
}

/** Without auto-sync nothing would undo the rollback, so there is nothing to hold. */
function makePatch(
  application: KubeObject,
  entry: HistoryEntry,
  context: ActionContext,
  known: boolean,
): ReturnType<typeof operationPatch> {
  const { actor, request, now } = context;
  const operation = rollbackOperation(application, entry, {
    username: actor.username,
    reason: request.reason,
    prune: request.prune,
    dryRun: request.dryRun,
  });
  // What is held already stays held, at the revision that it goes to now.
  if (!isAutomated(application) && !isHeld(application)) return operationPatch(application, operation);
  const from = context.application.revision.applied;
  const hold = { by: actor.username, at: now(), revision: entryRevision(entry), ...(from !== undefined && { from }) };
  return rollbackPatch(application, operation, hold, known);
}

function holdWarnings(application: KubeObject, { application: row }: ActionContext): string[] {
  if (!isAutomated(application)) return [];
  const undone = undoneBy(application, ["spec", "syncPolicy", "automated", "enabled"], row.managedBy);
  return [
    "Auto-sync is switched off, so that the rollback stays; releasing the hold switches it on again.",
    ...(undone === undefined ? [] : [undone]),
  ];
}

function revisions(entry: HistoryEntry, { application }: ActionContext): Pick<Outcome, "from" | "to"> {
  const from = application.revision.applied;
  return { to: entryRevision(entry), ...(from !== undefined && { from }) };
}
