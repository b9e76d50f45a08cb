import { apiError } from "#lib/api/errors.ts";
import { text } from "#lib/model/health/fields.ts";
import { type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import { sameRevision, shortRevision } from "#lib/model/revision-format.ts";
import { suspendedForAnnotation } from "#lib/model/annotations.ts";
import { loadRevisionDesired } from "#server/desired/registry.ts";
import { heldFor, pinOf } from "#server/engines/common/source-pin.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../../action-handler.ts";
import { isHeld } from "../../hold.ts";
import { accessTo, findRaw, patchObject, previewPatch, readRaw } from "../../object-io.ts";
import { retryConflicts } from "../../retry.ts";
import { definedBy, unitWords } from "../../unit-object.ts";
import { countChanges, sentenceList } from "../../words.ts";
import { requestSources } from "../request-source.ts";
import { directSource } from "../source-chain.ts";
import { isSuspended } from "../state.ts";
import { nextRequestTime, patchAccess } from "../sync.ts";
import { previewBuild } from "../sync-preview.ts";
import { clearRecordPatch, resumeFromPatch, unpinPatch } from "./patches.ts";
import { sourceWords } from "./plan.ts";
import { type HoldRecord, readRecord } from "./record.ts";
import { sourceLock } from "./rollback.ts";

/**
 * Ends a hold: the source goes back to its original ref, exactly what the hold suspended is resumed, and the Kustomization is reconciled.
 * The mark goes last, so that a release that breaks off can be repeated.
 */
export const kustomizationReleaseHold: ActionHandler = {
  access: (context) => [patchAccess(context), ...releaseAccess(context)],
  refusal: ({ object }) => (isHeld(object) ? undefined : "nothing is being held"),
  lock: sourceLock,

  async preview(context): Promise<Outcome> {
    const { io, unit, now } = context;
    const object = await readRaw(io, definedBy(unit));
    const record = readRecord(object);
    const source = record && (await findRaw(io, record.source));
    const unpin = source && record && unpinOf(source, record, object, now());
    const own = [
      ...(record !== undefined && source !== undefined && unpin !== undefined
        ? await previewPatch(io, record.source, source, unpin.patch)
        : []),
      ...(await previewPatch(io, definedBy(unit), object, clearRecordPatch(undefined))),
    ];
    const message = `The hold of ${unitWords(unit)} would be released${record === undefined ? "" : `: ${sourceWords(record.source)} follows its original ref again`}.`;
    const warnings = [
      ...notes(record, source, unpin?.kept === true, object),
      ...(record?.suspended ?? []).map((owner) => `${sourceWords(owner)} is resumed, which the hold had suspended.`),
    ];
    const from = record?.from;
    if (from === undefined || sameRevision(from, record?.revision ?? "")) return { message, warnings, changes: own };
    const desired = await loadRevisionDesired(unit, from, io);
    if (desired.error !== undefined)
      return {
        message,
        warnings: [
          `What that changes in the cluster can't be shown before it is fetched. ${desired.error}`,
          ...warnings,
        ],
        changes: own,
      };
    const built = await previewBuild(desired, context);
    return {
      message: `${message} Going back to ${shortRevision(from)} would ${built.changes.length === 0 ? "change nothing" : countChanges(built.changes)}.`,
      warnings: [
        `Shown is the way back to ${shortRevision(from)}, where it was; what has come since then would change more.`,
        ...warnings,
        ...built.warnings,
      ],
      changes: [...built.changes, ...own],
    };
  },

  async perform(context): Promise<Outcome> {
    const { io, unit, now, sleep } = context;
    const ref = definedBy(unit);
    const object = await readRaw(io, ref);
    const record = readRecord(object);
    const time = nextRequestTime(now());
    const done: string[] = [];
    try {
      const released =
        record === undefined
          ? { warnings: notes(record, undefined, false, object) }
          : await unpin(record, object, time, context);
      if (released.done !== undefined) done.push(released.done);
      const warnings = [...released.warnings];
      for (const owner of record?.suspended ?? []) {
        const words = await resume(owner, time, context);
        (words.startsWith("resume") ? done : warnings).push(words);
      }
      if (released.done !== undefined && record !== undefined)
        warnings.push(...(await requestSources([record.source], time, { io, sleep })));
      await patchObject(io, ref, clearRecordPatch(undefined, nextRequestTime(now())));
      return {
        message: `The hold of ${unitWords(unit)} is released${record === undefined ? "" : `; ${sourceWords(record.source)} follows its original ref again`}${isSuspended(object) ? "" : ", and a reconciliation was requested"}.`,
        warnings,
        ...(record !== undefined && { from: record.revision }),
      };
    } catch (error) {
      if (done.length === 0 || !(error instanceof KubeError)) throw error;
      throw apiError(
        error.status >= 400 && error.status < 500 ? error.status : 502,
        "hold-released-partly",
        "The hold is released only partly.",
        {
          detail: `Done: ${sentenceList(done)}. Then it failed: ${io.masker.maskText(error.message)}`,
          hint: "Release the hold again to finish: what is done is not done twice.",
        },
      );
    }
  },
};

/** Takes the pin away; answers what was done, if anything was left to do. @throws KubeError */
async function unpin(
  record: HoldRecord,
  object: KubeObject,
  time: string,
  { io, sleep }: ActionContext,
): Promise<{ done?: string; warnings: string[] }> {
  return await retryConflicts(sleep, async () => {
    const source = await findRaw(io, record.source);
    const change = source && unpinOf(source, record, object, time);
    const warnings = notes(record, source, change?.kept === true, object);
    if (change === undefined) return { warnings };
    await patchObject(io, record.source, change.patch);
    return { warnings, done: `restore the original ref of ${sourceWords(record.source)}` };
  });
}

/** Resumes what the hold had suspended, unless somebody has taken that over meanwhile. @throws KubeError */
async function resume(owner: ResourceRef, time: string, { io, unit }: ActionContext): Promise<string> {
  const current = await findRaw(io, owner);
  if (current === undefined) return `${sourceWords(owner)}, which the hold had suspended, does not exist any more.`;
  if (current.metadata.annotations?.[suspendedForAnnotation] !== holderOf(unit))
    return isSuspended(current)
      ? `${sourceWords(owner)} stays suspended: that is not the hold's suspension any more.`
      : `${sourceWords(owner)} was resumed already.`;
  await patchObject(io, owner, resumeFromPatch(time));
  return `resume ${sourceWords(owner)}`;
}

/** The patch that releases the source; undefined when it is not held for this Kustomization (any more). */
function unpinOf(
  source: KubeObject,
  record: HoldRecord,
  { metadata }: KubeObject,
  time: string,
): ReturnType<typeof unpinPatch> | undefined {
  const pin = pinOf(record.source.kind, record.revision);
  if (pin === undefined || heldFor(source) !== holderOf({ namespace: metadata.namespace ?? "", name: metadata.name }))
    return undefined;
  return unpinPatch(source, pin, time);
}

/** What stands in the way of putting everything back as it was, in sentences. */
function notes(
  record: HoldRecord | undefined,
  source: KubeObject | undefined,
  kept: boolean,
  object: KubeObject,
): string[] {
  const words = record && sourceWords(record.source);
  return [
    ...(words === undefined
      ? ["The hold does not say which source was pinned: look at the source's ref yourself."]
      : []),
    ...(words !== undefined && source === undefined ? [`${words} does not exist any more.`] : []),
    ...(source !== undefined &&
    !kept &&
    heldFor(source) !== holderOf({ namespace: text(object.metadata.namespace), name: object.metadata.name })
      ? [`${words} is not pinned for it any more and stays as it is.`]
      : []),
    ...(kept ? [`Somebody has changed the ref of ${words} during the hold: it stays as it is now.`] : []),
    ...(isSuspended(object) ? ["It stays suspended: nothing is applied until someone resumes it."] : []),
  ];
}

function releaseAccess({ io, object }: UnitContext): ReturnType<typeof accessTo>[] {
  const record = object && readRecord(object);
  const refs = record ? [record.source, ...record.suspended] : object ? [directSource(object)] : [];
  const unique = new Map(refs.flatMap((ref) => (ref === undefined ? [] : [[resourceKey(ref), ref] as const])));
  return [...unique.values()].map(({ namespace, name, ...kind }) => accessTo(io, "patch", kind, namespace, name));
}

function holderOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
