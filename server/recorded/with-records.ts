import type { ApplicationRef } from "#lib/model/application.ts";
import type { History } from "#lib/api/application-contract.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { RecordedRevision } from "./record.ts";
import type { RecordedRevisions } from "./recorded-releases.ts";

const off = "Driftglass does not record releases here";
const gap = "not recorded: nobody was logged in to Driftglass while it was applied";

/** Of what source-controller has fetched it keeps the newest two, and what is less than a minute old (`--artifact-retention-records`, `-ttl`). */
const tooOld = "its source keeps only its newest artifacts";

/** Engines whose history has no manifests of its own. */
export function needsRecords({ engine }: Pick<ApplicationRef, "engine">): boolean {
  return engine === "flux-kustomization" || engine === "argocd";
}

/**
 * A history with what can be compared, and why the rest can't be. The revision that is applied now always can: it is what is desired. Of Argo
 * CD's, source and parameters can in any case. Of a Kustomization's, the one before the current may still be built from its source. What was
 * recorded and has left the engine's own history comes after it.
 *
 * @param known undefined where nothing is recorded at all
 */
export function withRecords(
  engine: ApplicationRef["engine"],
  history: History,
  known: RecordedRevisions | undefined,
): History {
  if (!needsRecords({ engine })) return history;
  const previous = history.items.find(({ current, failed }) => !current && failed !== true);
  const items = history.items.map((revision): Revision => {
    const record = known?.recorded.get(revision.id);
    if (record) return { ...revision, comparable: true, recordedAt: record.recordedAt };
    if (revision.current) return { ...revision, comparable: true };
    const why = known ? (known.problem === undefined ? gap : withoutStop(known.problem)) : off;
    if (engine === "argocd")
      return { ...revision, comparable: true, whyNotComparable: `only its source and parameters are known (${why})` };
    if (revision === previous)
      return {
        ...revision,
        comparable: true,
        whyNotComparable: `${why}; it can be built as long as its source keeps it`,
      };
    return { ...revision, comparable: false, whyNotComparable: `${why}; ${tooOld}` };
  });
  const problem = known?.problem === undefined ? undefined : `Releases are not being recorded: ${known.problem}`;
  const message = [history.message, problem].filter((part) => part !== undefined).join(" ");
  const told = new Set(items.map(({ id }) => id));
  const older = [...(known?.recorded.values() ?? [])].filter(({ id }) => !told.has(id));
  return {
    ...history,
    items: [...items, ...older.map((record) => forgotten(engine, record))],
    ...(message === "" ? {} : { message }),
  };
}

/** A recorded revision that the engine itself does not remember any more: Flux keeps five, Argo CD ten. */
function forgotten(engine: ApplicationRef["engine"], { id, revision, recordedAt }: RecordedRevision): Revision {
  const history = engine === "argocd" ? "Argo CD's history" : "the Kustomization's history";
  return {
    id,
    revision,
    current: false,
    status: "Recorded",
    message: `has left ${history}; Driftglass has recorded it`,
    deployedAt: recordedAt,
    restorable: false,
    whyNot: `it has left ${history}`,
    comparable: true,
    recordedAt,
  };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
