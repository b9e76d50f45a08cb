import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { ReleaseRecord } from "#server/desired/helm/records.ts";
import type { MaskedRelease } from "#server/desired/helm/release.ts";
import type { FieldConflict } from "../conflicts.ts";
import { sentenceList } from "../words.ts";

/** What planning has found. */
export interface PlanFindings {
  readonly current: Pick<ReleaseRecord, "version" | "status" | "writtenAt">;
  readonly target: Pick<MaskedRelease, "version" | "summary" | "documents">;
  readonly conflicts: readonly (FieldConflict & { readonly ref: ResourceRef })[];
  readonly deleted: readonly DiffObject[];
  readonly kept: readonly string[];
  /** The record that Helm deletes because the history is full. */
  readonly dropsOldest: Pick<ReleaseRecord, "version"> | undefined;
  /** Whether it is applied server-side, so that the dry run stands for it. */
  readonly serverSide: boolean;
}

/** What a person must know before a rollback, in sentences; the gravest first. */
export function planWarnings({
  current,
  target,
  conflicts,
  deleted,
  kept,
  dropsOldest,
  serverSide,
}: PlanFindings): string[] {
  const warnings: string[] = [];
  if (deleted.length > 0)
    warnings.push(
      `It deletes what revision ${target.version} does not have: ${sentenceList(deleted.map(({ ref }) => formatRef(ref)))}.`,
    );
  for (const [manager, fields] of byManager(conflicts))
    warnings.push(`It takes over from ${manager}: ${sentenceList(fields)}.`);
  if (current.status.startsWith("pending-")) {
    warnings.push(
      `Revision ${current.version} is ${current.status}${current.writtenAt === undefined ? "" : ` since ${current.writtenAt}`}: make sure that nobody's helm is still at work on it.`,
    );
  }
  if (target.summary.status === "failed") warnings.push(`Revision ${target.version} failed when it was deployed.`);
  if (/helm\.sh\/hook"?:.*rollback/.test(target.documents.hooks))
    warnings.push(`The rollback hooks of revision ${target.version} run.`);
  if (kept.length > 0)
    warnings.push(`These stay because they ask to be kept (helm.sh/resource-policy): ${sentenceList(kept)}.`);
  if (dropsOldest) warnings.push(`The history is full: the record of revision ${dropsOldest.version} is removed.`);
  if (!serverSide) warnings.push("This revision is applied by the client: what is shown was compared here.");
  return warnings;
}

function byManager(conflicts: PlanFindings["conflicts"]): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const { manager, field, ref } of conflicts) {
    const words = `${field} of ${formatRef(ref)}`;
    result.set(manager, [...(result.get(manager) ?? []), words]);
  }
  return result;
}
