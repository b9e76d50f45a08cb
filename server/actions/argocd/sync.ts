import { fields, list, text } from "#lib/model/health/fields.ts";
import type { ActionRequest } from "#lib/model/action.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { accessTo } from "../object-io.ts";
import { applicationKind, unitWords } from "../unit-object.ts";
import { countChanges } from "../words.ts";
import { operationInTheWay, patchGuarded, refuseIfOperating } from "./guarded.ts";
import { isAutomated, operationPatch } from "./patches.ts";
import { previewChanges } from "./sync-preview.ts";
import { windowInTheWay } from "./windows.ts";
import { syncOperation, syncPolicy } from "./sync-operation.ts";

/** Starts a sync operation. */
export const argoSync: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal: (context, request) =>
    // What lasts is said before what goes by: whoever waits for an operation should not be refused afterwards.
    (request && revisionInTheWay(context.object, request)) ??
    windowInTheWay(context) ??
    operationInTheWay(context.object),

  async preview(context): Promise<Outcome> {
    const { object, request } = context;
    const { changes, warnings } = await previewChanges(context);
    const message =
      changes.length === 0
        ? "A sync would change nothing that Argo CD knows of."
        : `A sync would ${countChanges(changes)}.`;
    return { message, warnings: [...warnings, ...optionWarnings(object, request)], changes, ...revisions(context) };
  },

  async perform(context): Promise<Outcome> {
    const { unit, request, actor } = context;
    const { dryRun, resources } = request;
    const options = { ...request, username: actor.username };
    const object = await patchGuarded(context, (application) => {
      refuseIfOperating(application);
      return operationPatch(application, syncOperation(application, options));
    });
    const what =
      dryRun === true
        ? "A dry run"
        : resources !== undefined && resources.length > 0
          ? `A sync of ${resources.length} selected resources`
          : "A sync";
    return {
      message: `${what} of ${unitWords(unit)} was requested.`,
      warnings: optionWarnings(object, request),
      ...revisions(context),
    };
  },
};

/** `patch` on the Application; Argo CD's operations are part of the object itself. */
export function patchApplication({ io, unit }: UnitContext): AccessAttributes {
  return accessTo(io, "patch", applicationKind, unit.namespace, unit.name);
}

/**
 * Why a sync to these revisions is refused: Argo CD's API server does not let a sync leave the target revision while auto-sync is on, which
 * would go back at once, and takes a revision for each of many sources (`server/application/application.go`, resolveSourceRevisions).
 */
export function revisionInTheWay(application: UnitContext["object"], request: ActionRequest): string | undefined {
  const spec = fields(application?.["spec"]);
  const sources = list(spec["sources"]).map(fields);
  const { revision, revisions = [] } = request;
  if (sources.length > 0 && revision !== undefined)
    return "it has many sources: say a revision for each of them, not one for all";
  if (revisions.length > 0 && revisions.length !== sources.length)
    return sources.length === 0
      ? "it has one source: say one revision"
      : `it has ${sources.length} sources: say a revision for each of them`;
  if (request.dryRun === true || !isAutomated(application)) return undefined;
  const asked = sources.length > 0 ? revisions : [revision ?? ""];
  const targets = sources.length > 0 ? sources : [fields(spec["source"])];
  const other = targets.findIndex((source, index) => {
    const wanted = asked[index] ?? "";
    return wanted !== "" && wanted !== (text(source["targetRevision"]) || "HEAD");
  });
  if (other < 0) return undefined;
  return `auto-sync is on and would go back to ${text(targets[other]?.["targetRevision"]) || "HEAD"} at once: switch it off first, or roll back, which does that`;
}

function optionWarnings(application: UnitContext["object"], request: ActionRequest): string[] {
  const warnings: string[] = [];
  if (request.force === true)
    warnings.push("Force deletes and creates again what can't be changed in place: pods go away for a while.");
  if (request.resources !== undefined && request.resources.length > 0)
    warnings.push("A sync of selected resources runs no hooks and writes no history.");
  if (request.applyOnly === true) warnings.push("Apply only: hooks of the source are not run.");
  const { ignoreDifferences } = fields(application?.["spec"]);
  if (list(ignoreDifferences).length > 0 && !hasOption(application, "RespectIgnoreDifferences=true"))
    warnings.push(
      "Fields whose differences are ignored are written too: RespectIgnoreDifferences=true is not among the sync options.",
    );
  if (request.replace === true)
    warnings.push("Replace writes objects whole: fields that others have set in them are lost, and some pods may go.");
  if (fields(syncPolicy(application)["automated"])["selfHeal"] === true && isAutomated(application))
    warnings.push("Self-heal is on: Argo CD corrects drift by itself.");
  return warnings;
}

function hasOption(application: UnitContext["object"], option: string): boolean {
  return list(syncPolicy(application)["syncOptions"]).includes(option);
}

function revisions({ application }: ActionContext): Pick<Outcome, "from" | "to"> {
  const { applied, desired } = application.revision;
  return { ...(applied !== undefined && { from: applied }), ...(desired !== undefined && { to: desired }) };
}
