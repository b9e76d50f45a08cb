import type { DesiredState } from "#server/desired/desired-state.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { helmReleaseOwner, type ReleaseRecord, releaseRecords } from "../common/helm-release.ts";
import type { ReadContext } from "../engine.ts";

/** A plain Helm release by its records, newest first; `records` is never empty. */
export interface HelmRelease {
  readonly unit: ApplicationRef;
  readonly records: readonly ReleaseRecord[];
  readonly newest: ReleaseRecord;
  /** The revision that is in place; absent when the first install failed or is under way, or after an uninstall. */
  readonly deployed: ReleaseRecord | undefined;
}

/** Looks up a release; undefined when there are no records, or when a HelmRelease in the store owns it and lists it itself. */
export function findRelease(
  unit: ApplicationRef,
  { store, desired }: Pick<ReadContext, "store" | "desired">,
): HelmRelease | undefined {
  const records = releaseRecords({ name: unit.name, storageNamespace: unit.namespace }, store);
  const newest = records[0];
  if (newest === undefined) return undefined;
  if (ownedByFlux(unit, newest, desired, store)) return undefined;
  return { unit, records, newest, deployed: records.find((record) => record.status === "deployed") };
}

/** Kept, because a state's objects are packed. */
const labelsOf = new WeakMap<DesiredState, Readonly<Record<string, string>>>();

function firstLabels(desired: DesiredState): Readonly<Record<string, string>> {
  let labels = labelsOf.get(desired);
  if (!labels) {
    labels = desired.objects[0]?.object.metadata.labels ?? {};
    labelsOf.set(desired, labels);
  }
  return labels;
}

// helm-controller's post-renderer labels every object of the release, so the manifest tells even where the records don't.
function ownedByFlux(
  unit: ApplicationRef,
  newest: ReleaseRecord,
  desired: ReadContext["desired"],
  store: StoreReader,
): boolean {
  const marks = [newest.stored.object.metadata.labels, desired && firstLabels(desired)];
  return helmReleaseOwner({ name: unit.name, storageNamespace: unit.namespace }, marks, store) !== undefined;
}

/** Names a state of the records that desired state depends on: the deployed revision, and the newest for its description. */
export function desiredKeyOf({ newest, deployed }: HelmRelease): string {
  const name = ({ stored }: ReleaseRecord): string => `${stored.uid}@${stored.resourceVersion}`;
  return deployed === undefined || deployed === newest ? name(newest) : `${name(deployed)}|${name(newest)}`;
}

/** What Helm was doing in a pending or failed revision: install, upgrade or rollback. */
export function workOf({ newest }: HelmRelease, description = ""): string {
  if (newest.status.startsWith("pending-")) return newest.status.slice("pending-".length);
  if (/^rollback/i.test(description)) return "rollback";
  return newest.version === 1 ? "install" : "upgrade";
}
