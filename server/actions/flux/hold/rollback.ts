import { holdAnnotation, originalRefAnnotation } from "#lib/model/annotations.ts";
import { apiError, isApiError } from "#lib/api/errors.ts";
import { fields } from "#lib/model/health/fields.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { loadRevisionDesired } from "#server/desired/registry.ts";
import { shortMessage } from "#server/engines/common/message.ts";
import { heldFor } from "#server/engines/common/source-pin.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../../action-handler.ts";
import { accessTo, type Patch, patchObject, previewPatch, readRaw } from "../../object-io.ts";
import { refuseHeldMeanwhile } from "../../hold.ts";
import { retryConflicts } from "../../retry.ts";
import { type Step, StepsError, takeSteps } from "../../undoable.ts";
import { unitWords } from "../../unit-object.ts";
import { countChanges } from "../../words.ts";
import { reconcilePatch } from "../patches.ts";
import { directSource } from "../source-chain.ts";
import { isSuspended } from "../state.ts";
import { nextRequestTime, patchAccess } from "../sync.ts";
import { previewBuild } from "../sync-preview.ts";
import { fetchedState } from "./fetched.ts";
import { clearRecordPatch, pinPatch, recordPatch, resumeFromPatch, suspendForPatch, undoPinPatch } from "./patches.ts";
import { writeRecord } from "./record.ts";
import { type HoldPlan, missingForPlan, planHold, sameRef, sourceInTheWay, sourceWords } from "./plan.ts";

const pollEvery = 250;
/** How long source-controller may take to fetch the pinned revision; its own limit for one fetch is a minute unless told. */
const fetchTimeout = 60_000;

/**
 * Rolls a Kustomization back by holding its source at an earlier revision: the source is pinned, what would undo that is suspended, and the
 * Kustomization says what is held. Whatever fails before the source has fetched the revision is taken back, and nothing has changed.
 */
export const kustomizationRollback: ActionHandler = {
  access: (context) => [patchAccess(context), ...sourceAccess(context)],

  refusal(context) {
    const { object, io } = context;
    if (isSuspended(object)) return "suspended: nothing would be applied; resume it first";
    const source = object && directSource(object);
    return sourceInTheWay(context, source, source && io.store.get(resourceKey(source))?.object);
  },

  lock: sourceLock,

  async preview(context): Promise<Outcome> {
    const plan = await planHold(context);
    const { unit, io } = context;
    const [missing, own, desired] = await Promise.all([
      missingForPlan(plan, context),
      ownChanges(plan, context),
      loadRevisionDesired(unit, plan.target.revision, io),
    ]);
    const where = shortRevision(plan.target.revision);
    const held = `${sourceWords(plan.source)} is pinned to that ${plan.pin.field} until someone releases the hold.`;
    const steps = { from: plan.record.from ?? "", to: plan.target.revision, accepted: missing === undefined };
    const first = missing === undefined ? "" : `You may not do this: ${missing}. `;
    if (desired.error !== undefined)
      return {
        ...steps,
        message: `${first}${unitWords(unit)} would be held at ${where}. ${held}`,
        warnings: [
          `What that changes in the cluster can't be shown before it is fetched. ${desired.error}`,
          ...plan.warnings,
        ],
        changes: own,
      };
    const built = await previewBuild(desired, context);
    const what = built.changes.length === 0 ? "change nothing in the cluster" : countChanges(built.changes);
    return {
      ...steps,
      message: `${first}Holding ${unitWords(unit)} at ${where} would ${what}. ${held}`,
      warnings: [...plan.warnings, ...built.warnings],
      changes: [...built.changes, ...own],
    };
  },

  async perform(context): Promise<Outcome> {
    const plan = await planHold(context);
    const missing = await missingForPlan(plan, context);
    if (missing !== undefined) throw apiError(403, "forbidden", "You may not do this.", { detail: missing });
    await takeSteps(stepsOf(plan, context)).catch((error: unknown) => {
      throw error instanceof StepsError ? asProblem(error, plan, context) : error;
    });
    return {
      message: `${sourceWords(plan.source)} has fetched ${shortRevision(plan.target.revision)} and is pinned to it; ${unitWords(context.unit)} is reconciled and held there until someone releases the hold.`,
      warnings: plan.warnings,
      ...(plan.record.from !== undefined && { from: plan.record.from }),
      to: plan.target.revision,
    };
  },
};

/** What two changes of the same source share, whichever Kustomization they are asked of. */
export function sourceLock({ object, unit }: UnitContext): string {
  const source = object && directSource(object);
  return source === undefined ? `${unit.namespace}/${unit.name}` : resourceKey(source);
}

/**
 * First the mark, so that a hold that breaks off is seen and can be released; then what would undo the pin; then the pin, which changes
 * nothing in the cluster until it is fetched.
 */
function stepsOf(plan: HoldPlan, context: ActionContext): Step[] {
  const { ref, source, holder, record } = plan;
  const { io, now, sleep } = context;
  const send = async (to: ResourceRef, patch: Patch): Promise<void> => void (await patchObject(io, to, patch));
  let generation = 0;
  return [
    {
      words: `mark ${unitWords(context.unit)} as held`,
      perform: async () => {
        await retryConflicts(sleep, async () => {
          const current = await readRaw(io, ref);
          refuseHeldMeanwhile(plan.object, current);
          await send(ref, recordPatch(record, current.metadata.resourceVersion));
        });
      },
      undo: async () => {
        const previous = plan.object.metadata.annotations?.[holdAnnotation];
        const { metadata } = await readRaw(io, ref);
        // Where somebody else was faster, the mark is theirs.
        if (metadata.annotations?.[holdAnnotation] === writeRecord(record)) await send(ref, clearRecordPatch(previous));
      },
    },
    ...plan.suspend.map((owner) => ({
      words: `suspend ${sourceWords(owner)}`,
      perform: () => send(owner, suspendForPatch(holder)),
      undo: () => send(owner, resumeFromPatch()),
    })),
    {
      words: `pin ${sourceWords(source)}`,
      perform: async () => {
        generation = (await pin(plan, context)).metadata.generation ?? 0;
      },
      undo: async () => {
        if (isPinned(await readRaw(io, source), plan)) await send(source, undoPinPatch(plan.sourceObject, plan.change));
      },
    },
    { words: `fetch ${shortRevision(plan.target.revision)}`, perform: () => awaitFetched(plan, generation, context) },
    {
      words: `ask ${unitWords(context.unit)} to reconcile`,
      perform: () => send(ref, reconcilePatch(nextRequestTime(now()))),
    },
  ];
}

/** Pins the source as the plan says; its controller writes status into the same object, so a conflict is tried again. */
async function pin(plan: HoldPlan, { io, now, sleep }: ActionContext): Promise<KubeObject> {
  const time = nextRequestTime(now());
  return await retryConflicts(sleep, async () => {
    const current = await readRaw(io, plan.source);
    if (!sameRef(current, plan.sourceObject))
      throw apiError(409, "conflict", "It has changed meanwhile.", { detail: "its ref was changed by somebody else" });
    return await patchObject(io, plan.source, pinPatch(current, plan.change, plan.holder, time));
  });
}

/** Whether a source is pinned as the plan says; another pin is somebody else's. */
function isPinned(source: KubeObject, { pin: { field, value }, holder }: HoldPlan): boolean {
  return heldFor(source) === holder && fields(fields(source["spec"])["ref"])[field] === value;
}

async function awaitFetched(plan: HoldPlan, generation: number, { io, sleep }: ActionContext): Promise<void> {
  for (let left = fetchTimeout; left > 0; left -= pollEvery) {
    const answer = fetchedState(await readRaw(io, plan.source), plan.target.revision, generation);
    if (answer.state === "fetched") return;
    if (answer.state === "failed") throw new Error(io.masker.maskText(shortMessage(answer.message)));
    await sleep(pollEvery);
  }
  throw new Error(`source-controller has not fetched it within ${fetchTimeout / 1000} s`);
}

/** A hold that failed, with what was done and what of it was taken back. */
function asProblem(error: StepsError, plan: HoldPlan, { io, unit }: ActionContext): Error {
  const { cause, failed, undone, left } = error;
  const refused = isApiError(cause) ? cause.problem.status : cause instanceof KubeError ? cause.status : 0;
  const status = refused >= 400 && refused < 500 ? refused : 422;
  const back =
    undone.length === 0 ? "Nothing else had been done." : `What had been done was taken back: ${undone.join(", ")}.`;
  const rest =
    left.length === 0
      ? `${unitWords(unit)} stays as it was.`
      : `This could not be taken back: ${left.join(", ")}. Release the hold, or put it right by hand: the original ref of ${sourceWords(plan.source)} is in its annotation ${originalRefAnnotation}.`;
  return apiError(
    status,
    "hold-failed",
    `${unitWords(unit)} could not be held at ${shortRevision(plan.target.revision)}.`,
    {
      detail: io.masker.maskText(`It failed to ${failed}: ${error.message}. ${back} ${rest}`),
    },
  );
}

/** The pin, the mark and the suspensions, as the API server says them by dry runs. Without the right to make them they are left out. */
async function ownChanges(plan: HoldPlan, { io, now }: ActionContext): Promise<DiffObject[]> {
  const { ref, object, source, sourceObject, suspend, holder } = plan;
  const allowed = async (preview: Promise<DiffObject[]>): Promise<DiffObject[]> =>
    await preview.catch((error: unknown) => {
      if (error instanceof KubeError && (error.status === 403 || error.status === 409)) return [];
      throw error;
    });
  const changes = await Promise.all([
    allowed(
      previewPatch(io, source, sourceObject, pinPatch(sourceObject, plan.change, holder, nextRequestTime(now()))),
    ),
    allowed(previewPatch(io, ref, object, recordPatch(plan.record))),
    ...suspend.map(async (owner) =>
      allowed(previewPatch(io, owner, await readRaw(io, owner), suspendForPatch(holder))),
    ),
  ]);
  return changes.flat();
}

function sourceAccess({ io, object }: UnitContext): ReturnType<typeof accessTo>[] {
  const source = object && directSource(object);
  return source === undefined ? [] : [accessTo(io, "patch", source, source.namespace, source.name)];
}
