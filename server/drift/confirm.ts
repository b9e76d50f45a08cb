import type { FieldDifference } from "#lib/diff/compare.ts";
import { compareExact } from "#lib/diff/compare-subset.ts";
import { fieldOwner } from "#lib/diff/field-manager.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import type { Exactness } from "#lib/model/application.ts";
import type { DesiredObject, DesiredState } from "#server/desired/desired-state.ts";
import { excludedBy } from "#server/desired/exclusions.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { scrubConfigMap } from "#server/desired/scrub.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { attributed } from "./attributed.ts";
import { dryRunApply, getLive } from "./dry-run.ts";
import { subsetDifferences } from "./local-comparison.ts";
import { withDifferences } from "./with-differences.ts";
import type { ObjectVerdict } from "./verdict.ts";

/** A verdict that the cluster was asked for, with both sides (masked) for showing. */
export interface Confirmation {
  readonly verdict: ObjectVerdict;
  /** The object as the engine would make it, and as it is. */
  readonly from?: KubeObject;
  readonly to?: KubeObject;
  /**
   * All differing fields were set by the engine itself: it is applying something newer than the desired state that is known here, or this
   * will turn out so in a moment.
   */
  readonly byEngine: boolean;
}

type Settings = Pick<DesiredState, "fieldManager" | "scrub">;

/**
 * Asks the cluster how one desired object stands: the live object, and what a server-side apply by the engine would make of it. Secrets, and states without
 * a field manager, are compared here instead (`local`); so is what this person may not patch, or what the API server refuses to apply, with a note.
 * Source: fluxcd/pkg `ssa/manager_diff.go`.
 * @throws KubeError when the live object can't be read or no answer came
 */
export async function confirmObject(
  desired: DesiredObject,
  state: Settings,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<Confirmation> {
  const ref = refOf(desired.object);
  if (desired.skip !== undefined) return unchanged(desired, "local", `skipped: ${desired.skip}`);
  const canDryRun = state.fieldManager !== undefined && desired.object.kind !== "Secret" && !desired.existenceOnly;
  const [found, dryRun] = await Promise.all([
    getLive(desired.object, io, signal),
    canDryRun && state.fieldManager !== undefined
      ? dryRunApply(desired.object, state.fieldManager, io, signal)
      : undefined,
  ]);
  if (!found) {
    return {
      verdict: { ref, change: "removed", fields: [], exactness: canDryRun ? "dry-run" : "local" },
      from: desired.object,
      byEngine: false,
    };
  }
  const live = scrubConfigMap(found, state.scrub);
  const excluded = excludedBy(live);
  if (excluded !== undefined) return unchanged(desired, "local", `skipped: ${excluded}`, live);
  if (desired.existenceOnly) return unchanged(desired, "local", undefined, live);

  if (dryRun && "merged" in dryRun) {
    const merged = scrubConfigMap(dryRun.merged, state.scrub);
    return judged(desired, compareExact(merged, live, desired.ignore), live, "dry-run", state, desired.unknown, merged);
  }
  const note = dryRun && "refusal" in dryRun ? `${dryRun.refusal}; compared without a dry run` : desired.unknown;
  const differences = subsetDifferences(desired, live, {});
  return judged(desired, differences, live, "local", state, note, withDifferences(live, differences));
}

function judged(
  desired: DesiredObject,
  all: readonly FieldDifference[],
  live: KubeObject,
  exactness: Exactness,
  state: Settings,
  note: string | undefined,
  from: KubeObject,
): Confirmation {
  const managers = live.metadata.managedFields ?? [];
  const ignored = managers.filter(({ manager }) => manager !== undefined && desired.ignoreManagers?.includes(manager));
  const differences = all.filter(({ path }) => fieldOwner(ignored, path) === undefined);
  if (differences.length === 0) return unchanged(desired, exactness, note, live);
  const fields = differences.map((difference) => attributed(difference, live, state));
  const byEngine = fields.every(({ manager }) => manager !== undefined && manager === state.fieldManager);
  return {
    verdict: {
      ref: refOf(desired.object),
      change: "changed",
      fields,
      exactness,
      ...(note === undefined ? {} : { note }),
    },
    from,
    to: live,
    byEngine,
  };
}

function unchanged(desired: DesiredObject, exactness: Exactness, note?: string, live?: KubeObject): Confirmation {
  const verdict: ObjectVerdict = {
    ref: refOf(desired.object),
    change: "unchanged",
    fields: [],
    exactness,
    ...(note === undefined ? {} : { note }),
  };
  return { verdict, byEngine: false, ...(live ? { from: live, to: live } : {}) };
}
