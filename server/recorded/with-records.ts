import type { ApplicationRef } from "#lib/model/application.ts";
import type { History } from "#lib/api/contract.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { RecordedReleases } from "./recorded-releases.ts";

/** What is known of one application's records; see `RecordedReleases.revisions`. */
type Known = Awaited<ReturnType<RecordedReleases["revisions"]>>;

const off = "Driftglass does not record releases here";
const gap = "not recorded: nobody was logged in to Driftglass while it was applied";

/** Engines whose history has no manifests of its own. */
export function needsRecords({ engine }: Pick<ApplicationRef, "engine">): boolean {
  return engine === "flux-kustomization" || engine === "argocd";
}

/**
 * A history with what can be compared, and why the rest can't be. The revision that is applied now always can: it is what is desired. Of Argo
 * CD's, source and parameters can in any case. Of a Kustomization's, the one before the current may still be built from its source.
 *
 * @param known undefined where nothing is recorded at all
 */
export function withRecords(engine: ApplicationRef["engine"], history: History, known: Known | undefined): History {
  if (!needsRecords({ engine })) return history;
  const previous = history.items.find(({ current, failed }) => !current && failed !== true);
  const items = history.items.map((revision): Revision => {
    const recordedAt = known?.recorded.get(revision.id);
    if (recordedAt !== undefined) return { ...revision, comparable: true, recordedAt };
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
    return { ...revision, comparable: false, whyNotComparable: why };
  });
  const problem = known?.problem === undefined ? undefined : `Releases are not being recorded: ${known.problem}`;
  const message = [history.message, problem].filter((part) => part !== undefined).join(" ");
  return { ...history, items, ...(message === "" ? {} : { message }) };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
