import type { Diff } from "#lib/api/diff-contract.ts";
import type { FieldDifference } from "#lib/diff/compare.ts";
import { compareExact, compareSubset, toFieldChange } from "#lib/diff/compare-subset.ts";
import { fieldOwner } from "#lib/diff/field-manager.ts";
import { formatPath } from "#lib/diff/field-path.ts";
import { sortDiff } from "#lib/diff/object-diff.ts";
import { toYaml } from "#lib/diff/to-yaml.ts";
import type { FieldChange } from "#lib/model/application.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { lastApplied } from "../applied/last-applied.ts";
import type { ManagedObject } from "./managed-object.ts";
import { unreadable } from "./unreadable.ts";

/** The name under which Argo CD applies. */
const argoManager = "argocd-controller";

/** What else is needed to tell a person of Argo CD's comparison. */
export interface ExactDiffContext {
  readonly store: StoreReader;
  /** The Application deploys to another cluster: whether a person may read there is not known here, and Argo CD's word is all there is. */
  readonly remote: boolean;
}

/**
 * Desired → live exactly as Argo CD compares: its target after its own normalisation, with every ignore rule applied, also for changes in Git that
 * have not been synced. What this person may not read in the cluster is named and not shown, whatever Argo CD lets them see.
 */
export function exactDiff(items: readonly ManagedObject[], context: ExactDiffContext): Diff {
  return {
    from: "desired",
    to: "live",
    exactness: "engine",
    message: "Compared by Argo CD itself with what the source says now, its ignore rules included.",
    objects: sortDiff(items.map((item) => diffOf(item, context))),
  };
}

function diffOf({ ref, target, live, predicted, normalised }: ManagedObject, context: ExactDiffContext): DiffObject {
  const hidden = context.remote ? undefined : unreadable(ref, context.store);
  if (!target && live) {
    const note = hidden ?? "not in the source any more: a sync with prune deletes it";
    return { ref, change: "added", exactness: "engine", note, ...(hidden === undefined && { to: toYaml(live) }) };
  }
  if (target && !live) {
    return {
      ref,
      change: "removed",
      exactness: "engine",
      ...(hidden === undefined ? { from: toYaml(target) } : { note: hidden }),
    };
  }
  const from = predicted ?? target;
  const to = normalised ?? live;
  if (!from || !to) return { ref, change: "unchanged", exactness: "engine" };
  const differences = compareExact(from, to);
  const change = differences.length === 0 ? "unchanged" : "changed";
  if (hidden !== undefined) return { ref, change, exactness: "engine", note: hidden };
  const yaml = { from: toYaml(from), to: toYaml(to) };
  if (change === "unchanged") return { ref, change, exactness: "engine", ...yaml };
  const managers = live?.metadata.managedFields ?? [];
  const fields = differences.map((difference) => withOwner(difference, managers));
  const note = live && originOf(fields, live);
  return { ref, change, exactness: "engine", ...yaml, fields, ...(note !== undefined && { note }) };
}

/** Whether a change was made in the source or by hand, by what was applied last. */
function originOf(fields: readonly FieldChange[], live: KubeObject): string | undefined {
  const applied = lastApplied(live);
  if (applied === undefined) return undefined;
  const byHand = new Set(compareSubset(applied, live).map(({ path }) => formatPath(path)));
  const pending = fields.filter(({ path }) => !byHand.has(path)).length;
  if (pending === 0) return undefined;
  return pending === fields.length
    ? "changed in the source, not synced yet"
    : "changed in the source and in the cluster since the last sync";
}

function withOwner(difference: FieldDifference, managers: Parameters<typeof fieldOwner>[0]): FieldChange {
  const owner = difference.to === undefined ? undefined : fieldOwner(managers, difference.path, argoManager);
  return {
    ...toFieldChange(difference),
    ...(owner && { manager: owner.manager }),
    ...(owner?.operation !== undefined && { managerOperation: owner.operation }),
    ...(owner?.time !== undefined && { changedAt: owner.time }),
  };
}
