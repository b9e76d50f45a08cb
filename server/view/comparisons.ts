import type { Diff } from "#lib/api/diff-contract.ts";
import type { History } from "#lib/api/application-contract.ts";
import { apiError } from "#lib/api/errors.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { DesiredFault } from "#server/desired/fault.ts";
import { ReleaseDecodeError } from "#server/desired/helm/decode.ts";
import { helmHistory } from "#server/desired/helm/history.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { driftDiff } from "#server/drift/diff-service.ts";
import { liveState } from "#server/drift/live-state.ts";
import { revisionDiff } from "#server/drift/revision-diff.ts";
import { type StateContext, unitState, type UnitState } from "#server/drift/unit-state.ts";
import type { DriftVerdict } from "#server/drift/verdict.ts";
import { readerOf } from "#server/engines/registry.ts";
import { KubeError } from "#server/kube/client.ts";
import { RecordFault } from "#server/recorded/record-fault.ts";
import { ToolError } from "#server/tools/tools.ts";
import { withCommitMessages } from "./commit-messages.ts";
import type { Unit } from "./units.ts";

/** History of a unit, newest first. Helm keeps it in release records; every other engine in the status of its objects. */
export async function historyOf(
  unit: Unit,
  cluster: string,
  desired: DesiredState | undefined,
  io: EngineIo,
): Promise<History> {
  const { ref } = unit;
  if (ref.engine === "helm") return { items: await helmHistory(ref, io) };
  const told = readerOf(ref.engine).history(ref, { cluster, store: io.store, desired });
  if (ref.engine !== "flux-helmrelease")
    return await withCommitMessages(unit.application, { items: [...(told ?? [])] }, io);
  try {
    const records = new Map((await helmHistory(ref, io)).map((revision) => [revision.id, revision]));
    return { items: (told ?? []).map((revision) => joined(revision, records.get(revision.id))) };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return { items: [...(told ?? [])], message: `Only what the HelmRelease itself remembers: ${error.message}` };
  }
}

/** What the controller says of a revision, completed by what the release record alone knows. */
function joined(told: Revision, record: Revision | undefined): Revision {
  if (!record) return told;
  // The record's time is the exact one; of what has left the HelmRelease's history only the record's label is known there.
  return {
    ...record,
    ...told,
    // Of what the controller has forgotten, or never made, only the record tells the chart.
    ...(told.revision === told.id && { revision: record.revision }),
    ...(record.message !== undefined && { message: record.message }),
    ...(record.deployedAt !== undefined && { deployedAt: record.deployedAt }),
  };
}

/** Desired → live, object by object. */
export async function driftOf(
  unit: Unit,
  desired: DesiredState | undefined,
  verdict: DriftVerdict | undefined,
  io: EngineIo,
  options: { fresh?: boolean },
): Promise<Diff> {
  if (desired) return driftDiff(unit.ref, desired, verdict, io, options);
  const message = unit.reading.desiredMissing ?? "The desired state is still being loaded.";
  return { from: "desired", to: "live", message, objects: [] };
}

/** Any two of a unit's states. @throws ApiError 422 for revisions that are not known or not comparable */
export async function diffOf(unit: Unit, from: string, to: string, context: StateContext): Promise<Diff> {
  return await explained(() => revisionDiff(unit.ref, from, to, context));
}

/** One of a unit's states: a revision, `desired` or `live`. @throws ApiError 422 for one that is not known */
export async function stateOf(unit: Unit, id: string, context: StateContext): Promise<UnitState> {
  return await explained(async () =>
    id === "live" ? liveState(unit.reading, context) : await unitState(unit.ref, id, context),
  );
}

/** Expected faults as answers in words; a fault of the cluster stays what it is. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const expected =
      error instanceof DesiredFault ||
      error instanceof RecordFault ||
      error instanceof ReleaseDecodeError ||
      error instanceof ToolError;
    if (!expected) throw error;
    throw apiError(422, "not-comparable", "This can't be compared.", { detail: error.message });
  }
}
