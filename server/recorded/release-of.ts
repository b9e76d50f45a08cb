import type { ApplicationRef } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { Reading } from "#server/engines/engine.ts";
import type { Release } from "./recorder.ts";
import { needsRecords } from "./with-records.ts";

/** What a view knows of a unit at one moment. */
export interface UnitPicture {
  readonly reading: Reading | undefined;
  readonly desired: DesiredState | undefined;
  /** The history as the engine tells it. */
  readonly revisions: readonly Revision[];
}

/**
 * The release to record, or undefined when this is not the moment: the engine is at work, desired state is being loaded anew or could not be had,
 * the history does not name what is applied, or the engine keeps the manifests itself (Helm). Pure.
 */
export function releaseOf(
  server: string,
  ref: ApplicationRef,
  { reading, desired, revisions }: UnitPicture,
): Release | undefined {
  if (!needsRecords(ref) || !reading || !desired || desired.error !== undefined || desired.objects.length === 0)
    return undefined;
  const { application } = reading;
  if (desired.key !== reading.desiredKey || application.operation?.phase === "Running") return undefined;
  const current = revisions.find((revision) => revision.current);
  if (!current) return undefined;
  return {
    unit: { server, ref, uid: application.uid },
    revision: { id: current.id, revision: current.revision },
    objects: desired.objects.map(({ object }) => object),
  };
}
