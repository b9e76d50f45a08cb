import { apiError } from "#lib/api/errors.ts";
import { getIn } from "#lib/diff/json.ts";
import { text } from "#lib/model/health/fields.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { holdAnnotation } from "#lib/model/annotations.ts";
import { manifestObjects } from "#server/desired/helm/manifest-objects.ts";
import { readRelease } from "#server/desired/helm/records.ts";
import { releaseOf } from "#server/desired/helm/release-name.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { holdPatch, resumePatch, undoHoldPatch } from "../flux/patches.ts";
import { isReconciling, isSuspended } from "../flux/state.ts";
import { nextRequestTime, patchAccess } from "../flux/sync.ts";
import { isHeld, refuseHeldMeanwhile } from "../hold.ts";
import { patchObject, previewPatch, readRaw } from "../object-io.ts";
import { retryConflicts } from "../retry.ts";
import { correctionsOf } from "../sync-changes.ts";
import { undoneBy } from "../undone-by.ts";
import { definedBy, unitWords } from "../unit-object.ts";
import { rollbackAccess } from "./access.ts";
import { helmManager } from "./helm-version.ts";
import { transferOwnership } from "./ownership.ts";
import { type RecordState, type ReleasePlace, recordsOf } from "./records.ts";
import { helmMissing, previewOf, refuseProblems, releaseLock, requestedRevision } from "./rollback.ts";
import { planRollback } from "./rollback-plan.ts";
import { runRollback } from "./run-rollback.ts";

const suspend = ["spec", "suspend"];

/** Field manager of helm-controller's releases. */
const helmController = "helm-controller";

/**
 * Rolls the Helm release of a HelmRelease back and keeps it so: helm-controller undoes a bare rollback (it sees a release that it has not made
 * and upgrades again), so the HelmRelease is suspended first and says by an annotation what is being kept.
 */
export const helmReleaseRollback: ActionHandler = {
  access: (context) => [patchAccess(context), ...rollbackAccess(context, placeOf(context))],
  async refusal(context) {
    const { object } = context;
    if (getIn(object, "spec", "kubeConfig") !== undefined)
      return "it applies to another cluster (spec.kubeConfig): roll back there";
    if (object && elsewhere(object) !== undefined) return elsewhere(object);
    if (object && isReconciling(object) && !isSuspended(object))
      return "helm-controller is at work on it: wait until it has finished, or suspend it first";
    return await helmMissing(context);
  },
  lock: (context) => releaseLock(placeOf(context)),

  async preview(context): Promise<Outcome> {
    const { io, unit } = context;
    const plan = await planRollback(placeOf(context), requestedRevision(context), io, helmController);
    const before = await readRaw(io, definedBy(unit));
    const own = await previewPatch(
      io,
      definedBy(unit),
      before,
      makeHold(context, plan.current.version, plan.run.revision),
    );
    const outcome = previewOf(plan);
    return {
      ...outcome,
      warnings: [...holdWarnings(before, context), ...(outcome.warnings ?? [])],
      changes: [...(outcome.changes ?? []), ...own],
    };
  },

  async perform(context): Promise<Outcome> {
    const { io, unit } = context;
    const plan = await planRollback(placeOf(context), requestedRevision(context), io, helmController);
    refuseProblems(plan);
    const ref = definedBy(unit);
    const before = await readRaw(io, ref);
    await retryConflicts(context.sleep, async () => {
      const current = await readRaw(io, ref);
      refuseHeldMeanwhile(before, current);
      const { resourceVersion } = current.metadata;
      await patchObject(io, ref, makeHold(context, plan.current.version, plan.run.revision, resourceVersion));
    });
    const roll = async (): Promise<RecordState> => {
      await settled(context);
      await transferOwnership(plan.objects, helmController, helmManager, io);
      return await runRollback(plan, io);
    };
    const after = await roll().catch(async (error: unknown) => {
      // Kept suspended, a failed rollback would leave the application to nobody.
      await transferOwnership(plan.objects, helmManager, helmController, io).catch(() => undefined);
      await patchObject(io, ref, undoHoldPatch(before.metadata.annotations?.[holdAnnotation], isSuspended(before)));
      throw error;
    });
    return {
      message: `${unitWords(unit)} was rolled back to revision ${plan.run.revision} (revision ${after.version}, deployed) and is kept there until someone releases the hold.`,
      warnings: [...holdWarnings(before, context), ...plan.warnings],
      from: String(plan.current.version),
      to: String(plan.run.revision),
    };
  },
};

/** Ends a hold: the HelmRelease is resumed and helm-controller goes to what its spec says. */
export const helmReleaseReleaseHold: ActionHandler = {
  access: (context) => [patchAccess(context)],
  refusal: ({ object }) => (isHeld(object) ? undefined : "nothing is being held"),
  lock: (context) => releaseLock(placeOf(context)),
  async preview(context): Promise<Outcome> {
    const { io, unit } = context;
    const before = await readRaw(io, definedBy(unit));
    const [own, drift] = await Promise.all([
      previewPatch(io, definedBy(unit), before, resumePatch(context.now())),
      context.view.drift(unit, { fresh: true }),
    ]);
    return {
      message: `${unitWords(unit)} would be resumed, and helm-controller would upgrade at once to what its spec says.`,
      warnings: [
        "Shown is the way back to the revision that helm-controller made last; a newer chart or newer values would change more.",
      ],
      changes: [...(drift ? correctionsOf(drift.objects) : []), ...own],
    };
  },
  async perform(context): Promise<Outcome> {
    const { io, unit, now } = context;
    const warnings = await handBack(context);
    await patchObject(io, definedBy(unit), resumePatch(nextRequestTime(now())));
    return {
      message: `The hold of ${unitWords(unit)} is released; it is resumed, and a reconciliation was requested.`,
      warnings,
    };
  },
};

/** Gives the objects back to helm-controller. That it can't be done is no reason to keep a hold: helm stays their second owner then. */
async function handBack(context: ActionContext): Promise<string[]> {
  const { io } = context;
  try {
    const [newest] = await recordsOf(placeOf(context), io);
    const release = await readRelease(newest, io);
    const refs = manifestObjects(release, io.discovery).map(({ object }) => refOf(object));
    await transferOwnership(refs, helmManager, helmController, io);
    return [];
  } catch (error) {
    if (error instanceof KubeError && (error.status === 0 || error.status === 401)) throw error;
    return [
      "The fields that helm has applied could not be handed back to helm-controller: some may stay when a later chart drops them.",
    ];
  }
}

function makeHold(
  { actor, now }: ActionContext,
  from: number,
  to: number,
  resourceVersion?: string,
): ReturnType<typeof holdPatch> {
  return holdPatch({ by: actor.username, at: now(), revision: String(to), from: String(from) }, resourceVersion);
}

function holdWarnings(before: KubeObject, { application }: ActionContext): string[] {
  const undone = undoneBy(before, suspend, application.managedBy);
  return [
    "The HelmRelease is suspended, so that the rollback stays: later changes of it wait until the hold is released.",
    ...(undone === undefined ? [] : [undone]),
  ];
}

/** Waits for a reconciliation that began before the suspension was seen. @throws ApiError when it does not end */
async function settled({ io, unit, sleep }: ActionContext): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const current = await readRaw(io, definedBy(unit));
    if (!isReconciling(current)) return;
    await sleep(250);
  }
  throw apiError(409, "conflict", `helm-controller is still at work on ${unitWords(unit)}.`, {
    hint: "Nothing was changed; try again in a moment.",
  });
}

/** The CLI keeps records and objects in one namespace; where the HelmRelease parts them, objects without a namespace would go astray. */
function elsewhere(object: KubeObject): string | undefined {
  const target = getIn(object, "spec", "targetNamespace") ?? object.metadata.namespace;
  const storage =
    getIn(object, "status", "storageNamespace") ??
    getIn(object, "spec", "storageNamespace") ??
    object.metadata.namespace;
  return target === storage
    ? undefined
    : `its release is stored in ${text(storage)} but deployed to ${text(target)}, which the helm program can't do`;
}

function placeOf({ unit, object }: Pick<UnitContext, "unit" | "object">): ReleasePlace {
  const { release, storageNamespace } = releaseOf(object, unit);
  return { release, namespace: storageNamespace };
}
