import type { Diff } from "#lib/api/diff-contract.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { sortDiff } from "#lib/diff/object-diff.ts";
import { toYaml } from "#lib/diff/to-yaml.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredObject, DesiredState } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { scrubConfigMap } from "#server/desired/scrub.ts";
import { KubeError } from "#server/kube/client.ts";
import { Semaphore } from "#server/tools/semaphore.ts";
import { confirmObject } from "./confirm.ts";
import { getLive } from "./dry-run.ts";
import { ignoredOf } from "./ignored.ts";
import { compareLocally } from "./local-comparison.ts";
import type { DriftVerdict } from "./verdict.ts";

/** How a drift diff is made. */
export interface DriftDiffOptions {
  /** Ask the cluster about every object, also those that are known to be equal. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Desired → live, object by object, with YAML of both sides and, for each changed field, who changed it and when. The desired side is what the engine's apply would
 * make of the live object, so that both sides differ in the drift alone. Objects that can't be asked about carry a note.
 */
export async function driftDiff(
  unit: ApplicationRef,
  desired: DesiredState,
  verdict: DriftVerdict | undefined,
  io: EngineIo,
  options: DriftDiffOptions = {},
): Promise<Diff> {
  const ends = { from: "desired", to: "live" };
  if (desired.error !== undefined) return { ...ends, message: desired.error, objects: [] };
  const turns = new Semaphore(4);
  const judged = await Promise.all(
    desired.objects.map(async (object) => ({
      ...(await turns.run(() => diffObject(object, desired, verdict, io, options), options.signal)),
      ...(await ignored(object, desired, io, options.signal)),
    })),
  );
  const pruned = (desired.pruned ?? []).flatMap((object): DiffObject[] => {
    const live = io.store.get(resourceKey(refOf(object)));
    return live
      ? [
          {
            ref: live.ref,
            change: "added",
            to: toYaml(scrubConfigMap(live.object, desired.scrub)),
            exactness: "local",
            note: "not desired any more: a sync with prune deletes it",
          },
        ]
      : [];
  });
  const objects = sortDiff([...judged, ...pruned]);
  const changed = objects.filter(({ change }) => change !== "unchanged");
  const asked =
    changed.length > 0
      ? changed.every(({ exactness }) => exactness === "dry-run")
      : objects.some(({ exactness }) => exactness === "dry-run");
  const message = limits(unit, desired);
  return {
    ...ends,
    exactness: asked ? "dry-run" : "local",
    ...(verdict ? { checkedAt: verdict.checkedAt } : {}),
    ...(message === undefined ? {} : { message }),
    objects,
  };
}

/** What rules leave out of an object: for who wrote what, the object itself is asked for, because the store keeps no managers. */
async function ignored(
  object: DesiredObject,
  state: DesiredState,
  io: EngineIo,
  signal: AbortSignal | undefined,
): Promise<Pick<DiffObject, "ignored">> {
  const known = io.store.get(resourceKey(refOf(object.object)))?.object;
  const told = ignoredOf(object, known, state);
  if (told.ignored === undefined || object.skip !== undefined) return told;
  try {
    return ignoredOf(object, (await getLive(object.object, io, signal)) ?? known, state);
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return told;
  }
}

async function diffObject(
  desired: DesiredObject,
  state: DesiredState,
  verdict: DriftVerdict | undefined,
  io: EngineIo,
  { fresh = false, signal }: DriftDiffOptions,
): Promise<DiffObject> {
  const ref = refOf(desired.object);
  const known = verdict?.objects.get(resourceKey(ref));
  const local = compareLocally(desired, state, io.store);
  const live = io.store.get(resourceKey(ref))?.object;
  const isKnownEqual =
    local.state === "equal" ||
    local.state === "skipped" ||
    (local.state === "differs" && known?.change === "unchanged");
  if (!fresh && isKnownEqual && live) {
    const yaml = toYaml(scrubConfigMap(live, state.scrub));
    const note = local.state === "skipped" ? local.note : (known?.note ?? desired.unknown);
    return {
      ref,
      change: "unchanged",
      from: yaml,
      to: yaml,
      exactness: known?.exactness ?? "local",
      ...(note === undefined ? {} : { note }),
    };
  }
  try {
    const { verdict: answer, from, to } = await confirmObject(desired, state, io, signal);
    return {
      ref,
      change: answer.change,
      exactness: answer.exactness,
      ...(from ? { from: toYaml(from) } : {}),
      ...(to ? { to: toYaml(to) } : {}),
      ...(answer.fields.length > 0 ? { fields: [...answer.fields] } : {}),
      ...(answer.note === undefined ? {} : { note: answer.note }),
    };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return {
      ref,
      change: "unchanged",
      from: toYaml(desired.object),
      exactness: "local",
      note: `could not be compared: ${error.message}`,
    };
  }
}

function limits(unit: ApplicationRef, desired: DesiredState): string | undefined {
  if (unit.engine === "argocd")
    return "Compared with what was last applied: changes in Git that have not been synced are not in it.";
  if (unit.engine === "kubectl") return "Compared with what kubectl applied last.";
  const skipped = desired.objects.filter(({ skip }) => skip !== undefined).length;
  return skipped > 0
    ? `${skipped === 1 ? "1 object is" : `${skipped} objects are`} not judged, as ${skipped === 1 ? "its" : "their"} metadata or ignore rules ask.`
    : undefined;
}
