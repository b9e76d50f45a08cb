import { fields } from "#lib/model/health/fields.ts";
import type { ActionRequest } from "#lib/model/action.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { accessTo } from "../object-io.ts";
import { applicationKind, unitWords } from "../unit-object.ts";
import { countChanges } from "../words.ts";
import { operationInTheWay, patchGuarded, refuseIfOperating } from "./guarded.ts";
import { isAutomated, operationPatch } from "./patches.ts";
import { previewChanges } from "./sync-preview.ts";
import { syncOperation, syncPolicy } from "./sync-operation.ts";

/** Starts a sync operation. */
export const argoSync: ActionHandler = {
  access: (context) => [patchApplication(context)],
  refusal: ({ object }) => operationInTheWay(object),

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
    const { reason, revision, prune, force, dryRun, resources } = request;
    const options = { username: actor.username, reason, revision, prune, force, dryRun, resources };
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

function optionWarnings(application: UnitContext["object"], request: ActionRequest): string[] {
  const warnings: string[] = [];
  if (request.force === true)
    warnings.push("Force deletes and creates again what can't be changed in place: pods go away for a while.");
  if (request.resources !== undefined && request.resources.length > 0)
    warnings.push("A sync of selected resources runs no hooks and writes no history.");
  if (request.revision !== undefined && isAutomated(application))
    warnings.push("Auto-sync is on: Argo CD will sync to the target revision again.");
  if (fields(syncPolicy(application)["automated"])["selfHeal"] === true && isAutomated(application))
    warnings.push("Self-heal is on: Argo CD corrects drift by itself.");
  return warnings;
}

function revisions({ application }: ActionContext): Pick<Outcome, "from" | "to"> {
  const { applied, desired } = application.revision;
  return { ...(applied !== undefined && { from: applied }), ...(desired !== undefined && { to: desired }) };
}
