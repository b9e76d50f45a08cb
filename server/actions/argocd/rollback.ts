import { apiError } from "#lib/api/errors.ts";
import { fields, list } from "#lib/model/health/fields.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, ActionHandler, Outcome } from "../action-handler.ts";
import { isHeld } from "../hold.ts";
import { previewPatch, readRaw } from "../object-io.ts";
import { undoneBy } from "../undone-by.ts";
import { definedBy, unitWords } from "../unit-object.ts";
import { templateInTheWay } from "./application-set.ts";
import { knowsEnabled } from "./auto-sync.ts";
import { operationInTheWay, patchGuarded, refuseIfOperating } from "./guarded.ts";
import { isAutomated, operationPatch, rollbackPatch } from "./patches.ts";
import { windowInTheWay } from "./windows.ts";
import { patchApplication } from "./sync.ts";
import { exactPreview } from "./exact-preview.ts";
import { entryRevision, entryRevisions, historyEntry, type HistoryEntry, rollbackOperation } from "./sync-operation.ts";

/** Goes back to an entry of the history; auto-sync is switched off in the same patch and the hold says so. */
export const argoRollback: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal: (context) => operationInTheWay(context.object) ?? windowInTheWay(context) ?? templateInTheWay(context),

  async preview(context): Promise<Outcome> {
    const { io, unit } = context;
    const before = await readRaw(io, definedBy(unit));
    const entry = entryOf(before, context);
    const patch = makePatch(before, entry, context, await knowsEnabled(context, before));
    const [own, exact] = await Promise.all([
      previewPatch(io, definedBy(unit), before, patch),
      exactPreview(context, entryRevisions(entry)),
    ]);
    return {
      message: `${unitWords(unit)} would be synced to ${shortRevision(entryRevision(entry))} (history ${entry.id}).`,
      warnings: [
        ...holdWarnings(before, context),
        ...(exact?.warnings ?? []),
        ...(exact && "changes" in exact
          ? sameSource(before, entry)
            ? []
            : ["The source was changed since: what is shown is made from the source of today at that revision."]
          : [
              "Argo CD's history holds no manifests: which objects that revision changes can't be shown here. Objects that it does not have stay, unless you prune.",
            ]),
      ],
      changes: [...own, ...(exact && "changes" in exact ? exact.changes : [])],
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

/** Whether the entry was made from the source that the spec names now, revisions apart: Argo CD's API makes manifests from that one alone. */
function sameSource(application: KubeObject, { fields: entry }: HistoryEntry): boolean {
  const spec = fields(application["spec"]);
  const normal = (source: unknown): string => {
    const { targetRevision: _revision, ...rest } = fields(source);
    return JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => a.localeCompare(b)));
  };
  const then = list(entry["sources"]);
  const now = list(spec["sources"]);
  return then.length > 0 || now.length > 0
    ? then.length === now.length && then.every((source, index) => normal(source) === normal(now[index]))
    : normal(entry["source"]) === normal(spec["source"]);
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
