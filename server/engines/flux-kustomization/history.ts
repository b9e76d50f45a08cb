import type { ApplicationRef } from "#lib/model/application.ts";
import { goSeconds } from "#lib/model/go-duration.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import type { Revision } from "#lib/model/revision.ts";
import { sameRevision } from "#lib/model/revision-format.ts";
import { artifactNotes } from "../common/artifact-notes.ts";
import { whyNotPinnable } from "../common/source-pin.ts";
import type { ReadContext } from "../engine.ts";
import { type KustomizationView, viewKustomization } from "./kind.ts";

/**
 * `status.history`, which keeps the last five builds that differ. The id is the build's digest, because one revision can be
 * built differently when substitutions change.
 */
export function kustomizationHistory(unit: ApplicationRef, { store }: ReadContext): Revision[] | undefined {
  const view = viewKustomization(unit, store);
  if (view === undefined) return undefined;
  let foundCurrent = false;
  return list(view.flux.status["history"]).map((item) => {
    const entry = fields(item);
    const metadata = fields(entry["metadata"]);
    const revision = text(metadata["revision"]) || text(entry["digest"]);
    const status = text(entry["lastReconciledStatus"]);
    const failed = status !== "" && status !== "ReconciliationSucceeded";
    const current = !foundCurrent && view.presentRevision !== undefined && sameRevision(revision, view.presentRevision);
    foundCurrent ||= current;
    const whyNot = reasonAgainst(view, revision, current, failed ? status : undefined);
    const origin = text(metadata["originRevision"]);
    const seconds = goSeconds(text(entry["lastReconciledDuration"]));
    return {
      id: text(entry["digest"]) || revision,
      revision,
      current,
      restorable: whyNot === undefined,
      ...(whyNot !== undefined && { whyNot }),
      ...(text(entry["firstReconciled"]) !== "" && { deployedAt: text(entry["firstReconciled"]) }),
      ...(text(entry["lastReconciled"]) !== "" && { finishedAt: text(entry["lastReconciled"]) }),
      ...(seconds !== undefined && { seconds }),
      ...(status !== "" && { status }),
      ...(failed && { failed }),
      ...(origin !== "" && { message: `built from ${origin}` }),
      ...artifactNotes(view.source?.object, revision),
    };
  });
}

/** Why a revision can't be held; a hold pins the source, so the source must be one that can be pinned. */
function reasonAgainst(
  { source, presentRevision }: KustomizationView,
  revision: string,
  current: boolean,
  failure: string | undefined,
): string | undefined {
  if (current) return "this revision is applied now";
  if (presentRevision !== undefined && sameRevision(revision, presentRevision))
    return "this revision is applied now; it was built with other settings then";
  if (failure !== undefined) return `it failed at this revision (${failure})`;
  if (source === undefined) return "it names no source";
  if (source.object === undefined) return source.unavailable?.message;
  return whyNotPinnable(source.ref.kind, revision);
}
