import { apiError } from "#lib/api/errors.ts";
import { fields } from "#lib/model/health/fields.ts";
import { type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { Revision } from "#lib/model/revision.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { kindNotPinnable, heldFor, pinOf, type SourcePin } from "#server/engines/common/source-pin.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { notNow } from "../../faults.ts";
import type { ActionContext, UnitContext } from "../../action-handler.ts";
import { accessTo, findRaw, readRaw } from "../../object-io.ts";
import { missingAccess } from "../../missing-access.ts";
import { definedBy } from "../../unit-object.ts";
import { sentenceList } from "../../words.ts";
import { directSource } from "../source-chain.ts";
import { isSuspended } from "../state.ts";
import { consumersOf } from "./consumers.ts";
import { pinChange } from "./patches.ts";
import { type HoldRecord, readRecord } from "./record.ts";
import { undoersOf } from "./undoers.ts";

/** All that a hold will do, found out before anything is done. */
export interface HoldPlan {
  /** The Kustomization, and its object. */
  readonly ref: ResourceRef;
  readonly object: KubeObject;
  /** `namespace/name` of the Kustomization, as it stands in annotations. */
  readonly holder: string;
  readonly target: Revision;
  readonly source: ResourceRef;
  readonly sourceObject: KubeObject;
  readonly pin: SourcePin;
  readonly change: ReturnType<typeof pinChange>;
  /** What will be suspended because it would undo the pin, and is not suspended yet. */
  readonly suspend: readonly ResourceRef[];
  readonly record: HoldRecord;
  /** Sentences for the person who decides. */
  readonly warnings: readonly string[];
}

/** Why the source of a Kustomization can't be pinned now; undefined when nothing is in the way. `source` as far as it is known. */
export function sourceInTheWay(
  { unit }: Pick<UnitContext, "unit">,
  ref: ResourceRef | undefined,
  source: KubeObject | undefined,
): string | undefined {
  if (ref === undefined) return "it names no source";
  const reason = kindNotPinnable(ref.kind);
  if (reason !== undefined) return reason;
  if (source === undefined) return undefined;
  const words = sourceWords(ref);
  if (isSuspended(source)) return `${words} is suspended and would not fetch the earlier revision: resume it first`;
  const holder = heldFor(source);
  if (holder !== undefined && holder !== `${unit.namespace}/${unit.name}`)
    return `${words} is already held for Kustomization ${holder}: release that hold first`;
  return undefined;
}

/** A source with its namespace: `GitRepository flux-system/web`. */
export function sourceWords({ kind, namespace, name }: ResourceRef): string {
  return `${kind} ${namespace}/${name}`;
}

/** @throws ApiError when it can't be done, KubeError when an object can't be read */
export async function planHold(context: ActionContext): Promise<HoldPlan> {
  const { io, unit, application, actor, now } = context;
  const ref = definedBy(unit);
  const [object, target] = await Promise.all([readRaw(io, ref), requestedEntry(context)]);
  const source = directSource(object);
  const sourceObject = source && (await findRaw(io, source));
  const reason = sourceInTheWay(context, source, sourceObject);
  if (reason !== undefined) throw notNow(reason);
  if (source === undefined || sourceObject === undefined) throw notNow("its source does not exist");
  const pin = pinOf(source.kind, target.revision);
  if (pin === undefined) throw notNow(target.whyNot ?? "this revision can't be pinned");
  const change = pinChange(sourceObject, pin, target.revision);
  const undoers = undoersOf(source, sourceObject, Object.keys(change), ref, io.store);
  const owner = undoers.suspend && (await findRaw(io, undoers.suspend));
  const suspend = undoers.suspend !== undefined && owner && !isSuspended(owner) ? [undoers.suspend] : [];
  // Held already, at another revision: what was suspended then is still ours, and what it was at first is what it was at.
  const previous = readRecord(object);
  const before = previous && resourceKey(previous.source) === resourceKey(source) ? previous : undefined;
  const from = before?.from ?? application.revision.applied;
  return {
    ref,
    object,
    holder: `${unit.namespace}/${unit.name}`,
    target,
    source,
    sourceObject,
    pin,
    change,
    suspend,
    record: {
      by: actor.username,
      at: now(),
      revision: target.revision,
      ...(from !== undefined && { from }),
      source,
      suspended: [...(before?.suspended ?? []), ...suspend],
    },
    warnings: [
      ...consumerWarnings(source, ref, target, context),
      ...suspend.map(
        (entry) =>
          `${sourceWords(entry)} applies ${sourceWords(source)} and would undo the pin, so it is suspended too, with all that it applies, until the hold is released.`,
      ),
      ...undoers.warnings,
      ...(target.failed === true ? [`This revision failed then (${target.status ?? "not ready"}).`] : []),
    ],
  };
}

/** What a plan needs beyond the Kustomization and its source, in words; undefined when the person may do it. @throws KubeError with status 401 */
export async function missingForPlan({ suspend }: HoldPlan, { view, io }: UnitContext): Promise<string | undefined> {
  const attributes = suspend.map(({ namespace, name, ...kind }) => accessTo(io, "patch", kind, namespace, name));
  return attributes.length === 0 ? undefined : await missingAccess(view.access, attributes);
}

/** The history's entry that a request names. @throws ApiError */
async function requestedEntry({ view, unit, request }: ActionContext): Promise<Revision> {
  const { revision } = request;
  const history = (await view.history(unit))?.items ?? [];
  const target = history.find(({ id }) => id === revision) ?? history.find((entry) => entry.revision === revision);
  if (target === undefined)
    throw apiError(422, "invalid", "Say which revision to roll back to.", {
      hint: "The history has them; it keeps the last five.",
    });
  if (!target.restorable) throw notNow(target.whyNot ?? "it can't be restored");
  return target;
}

function consumerWarnings(source: ResourceRef, self: ResourceRef, target: Revision, { io }: ActionContext): string[] {
  const { refs, unseen } = consumersOf(source, self, io.store);
  const words = refs.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  return [
    ...(words.length === 0
      ? []
      : [
          `${sourceWords(source)} is also used by ${sentenceList(words, 12)}: ${words.length === 1 ? "it goes" : "they go"} to ${shortRevision(target.revision)} too and ${words.length === 1 ? "stays" : "stay"} there.`,
        ]),
    ...(unseen.length === 0
      ? []
      : [`You don't see every ${sentenceList(unseen)}: others may use ${sourceWords(source)} and would go there too.`]),
  ];
}

/** Whether a source's ref is still what a plan was made from. */
export function sameRef(a: KubeObject, b: KubeObject): boolean {
  return JSON.stringify(fields(a["spec"])["ref"] ?? null) === JSON.stringify(fields(b["spec"])["ref"] ?? null);
}
