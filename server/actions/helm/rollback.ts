import { apiError } from "#lib/api/errors.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { unitWords } from "../unit-object.ts";
import { countChanges } from "../words.ts";
import { rollbackAccess } from "./access.ts";
import { owningHelmRelease } from "./owner.ts";
import type { ReleasePlace } from "./records.ts";
import { planRollback, type RollbackPlan } from "./rollback-plan.ts";
import { runRollback } from "./run-rollback.ts";

/** Rolls a release back to an earlier revision. */
export const helmRollback: ActionHandler = {
  access: (context) => rollbackAccess(context, placeOf(context)),
  refusal,
  lock: (context) => releaseLock(placeOf(context)),
  preview: async (context) => previewOf(await planRollback(placeOf(context), requestedRevision(context), context.io)),
  perform: async (context) => await perform(context, requestedRevision(context)),
};

/** Applies the current revision again, which undoes drift: a rollback to it. */
export const helmSync: ActionHandler = {
  access: (context) => rollbackAccess(context, placeOf(context)),
  refusal,
  lock: (context) => releaseLock(placeOf(context)),
  async preview(context): Promise<Outcome> {
    const plan = await planRollback(placeOf(context), "current", context.io);
    return previewOf(plan, `Applying revision ${plan.run.revision} of ${plan.run.release} again`);
  },
  perform: async (context) => await perform(context, "current"),
};

/** What two rollbacks of the same release share, whichever engine they are asked of. */
export function releaseLock({ namespace, release }: ReleasePlace): string {
  return `helm/${namespace}/${release}`;
}

/** The Helm revision that a request names. @throws ApiError */
export function requestedRevision({ request }: ActionContext): number {
  const revision = Number(request.revision);
  if (request.revision === undefined || !Number.isSafeInteger(revision) || revision < 1) {
    throw apiError(422, "invalid", "Say which revision to roll back to: its number.", {
      hint: "The history has the numbers.",
    });
  }
  return revision;
}

/** A plan as the answer to a preview. */
export function previewOf(
  plan: RollbackPlan,
  doing = `Rolling ${plan.run.release} back to revision ${plan.run.revision}`,
): Outcome {
  const { changes, problems, warnings, run, current } = plan;
  const what = changes.length === 0 ? "would change nothing in the cluster" : `would ${countChanges(changes)}`;
  return {
    message:
      problems.length > 0
        ? `It would fail: ${problems[0]}`
        : `${doing} ${what} and make revision ${current.version + 1}.`,
    warnings: [...problems, ...warnings],
    changes,
    accepted: problems.length === 0,
    from: String(current.version),
    to: String(run.revision),
  };
}

/** @throws ApiError when planning has found that it would fail halfway */
export function refuseProblems({ problems, run }: RollbackPlan): void {
  if (problems.length === 0) return;
  throw apiError(
    422,
    "invalid",
    `Rolling ${run.release} back to revision ${run.revision} would fail halfway, so nothing was changed.`,
    { detail: problems.join(" ") },
  );
}

async function perform(context: ActionContext, revision: number | "current"): Promise<Outcome> {
  const { io, unit } = context;
  const plan = await planRollback(placeOf(context), revision, io);
  refuseProblems(plan);
  const after = await runRollback(plan, io);
  const target = plan.run.revision;
  const done =
    revision === "current"
      ? `Revision ${target} of ${unitWords(unit)} was applied again`
      : `${unitWords(unit)} was rolled back to revision ${target}`;
  return {
    message: `${done}; that is revision ${after.version}, deployed.`,
    warnings: plan.warnings,
    from: String(plan.current.version),
    to: String(plan.run.revision),
  };
}

/** Why helm must not be run on a release now; undefined when it may. */
export async function refusal(context: UnitContext): Promise<string | undefined> {
  const owner = owningHelmRelease(placeOf(context), context.io.store);
  if (owner) return `it belongs to ${unitWords(owner)}, whose controller would undo it: roll back there`;
  return await helmMissing(context);
}

/** Why there is no helm to run; undefined when there is one. */
export async function helmMissing({ io }: Pick<UnitContext, "io">): Promise<string | undefined> {
  if ((await io.tools.locate("helm")) !== undefined) return undefined;
  return "helm is not installed on the Driftglass server: install it there (https://helm.sh/docs/intro/install/) or set DRIFTGLASS_HELM to its path";
}

/** Where the release of a unit of engine `helm` is. */
export function placeOf({ unit }: Pick<UnitContext, "unit">): ReleasePlace {
  return { namespace: unit.namespace, release: unit.name };
}
