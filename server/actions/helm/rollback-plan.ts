import { apiError } from "#lib/api/errors.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { diffPair, sortDiff } from "#lib/diff/object-diff.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredObject } from "#server/desired/desired-state.ts";
import { manifestObjects } from "#server/desired/helm/manifest-objects.ts";
import { readRelease, type ReleaseRecord } from "#server/desired/helm/records.ts";
import type { MaskedRelease } from "#server/desired/helm/release.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { scrubConfigMap } from "#server/desired/scrub.ts";
import { previewApply } from "../apply-preview.ts";
import { danglingReferences } from "../dangling-references.ts";
import { findRaw } from "../object-io.ts";
import { helmMajor, helmManager } from "./helm-version.ts";
import { type ReleasePlace, recordsOf } from "./records.ts";
import { sentenceList } from "../words.ts";
import { planWarnings } from "./rollback-warnings.ts";
import { historyLimit, type HelmRollback } from "./rollback-arguments.ts";

/** What a rollback would do and how it has to be run, found out before anything is written. */
export interface RollbackPlan {
  readonly run: HelmRollback;
  /** What the release has and will have: the objects whose fields change hands. */
  readonly objects: readonly ResourceRef[];
  readonly current: ReleaseRecord;
  readonly target: MaskedRelease;
  readonly changes: readonly DiffObject[];
  readonly warnings: readonly string[];
  /** Sentences for which the rollback must not be tried. */
  readonly problems: readonly string[];
}

/**
 * Plans `helm rollback` to a revision; the current one undoes drift. `latest` of the records is what Helm compares with: what it has and the
 * target lacks is deleted, unless it says `helm.sh/resource-policy: keep` (helm `pkg/kube/client.go`, Update). `fieldManager` is who owns
 * the objects, if it is not helm itself: helm-controller's are handed over before helm runs (see `transferOwnership`), so the dry run is made in its name.
 * @throws ApiError for a revision that is not there, ReleaseDecodeError, KubeError, ToolError
 */
export async function planRollback(
  place: ReleasePlace,
  revision: number | "current",
  io: EngineIo,
  fieldManager = helmManager,
): Promise<RollbackPlan> {
  const [major, records] = await Promise.all([helmMajor(io.tools), recordsOf(place, io)]);
  const [current] = records;
  const deployed = records.find(({ status }) => status === "deployed") ?? current;
  const wanted = revision === "current" ? deployed : records.find(({ version }) => version === revision);
  if (!wanted)
    throw apiError(422, "invalid", `There is no revision ${revision} of ${place.release} (any more).`, {
      hint: "Choose one from its history.",
    });
  if (/^pending-|^uninstall/.test(wanted.status)) {
    throw apiError(
      422,
      "invalid",
      `Revision ${wanted.version} of ${place.release} is ${wanted.status}: it was never finished.`,
      { hint: "Choose a revision that was deployed." },
    );
  }
  const [target, before] = await Promise.all([readRelease(wanted, io), readRelease(current, io)]);
  const objects = manifestObjects(target, io.discovery);
  const previous = manifestObjects(before, io.discovery);
  const serverSide = major >= 4 && target.applyMethod === "ssa";
  const scrub = (text: string): string => before.scrub(target.scrub(text));
  const [applied, gone] = await Promise.all([
    previewApply(objects, { fieldManager, serverSide, before: byKey(previous), scrub }, io),
    removals(previous, objects, scrub, io),
  ]);
  const forceConflicts = applied.conflicts.length > 0;
  const historyMax = historyLimit(records.length);
  return {
    run: {
      release: place.release,
      namespace: place.namespace,
      revision: wanted.version,
      historyMax,
      forceConflicts,
      major,
    },
    objects: uniqueRefs([...objects, ...previous].map(({ object }) => refOf(object))),
    current,
    target,
    changes: sortDiff([...applied.changes, ...gone.deleted]),
    problems: [
      ...(applied.forbidden.length > 0
        ? [`You may not apply ${sentenceList(applied.forbidden)}, so it would fail halfway.`]
        : []),
      ...applied.problems,
    ],
    warnings: [
      ...danglingReferences(applied.results, gone.deleted),
      ...planWarnings({
        current,
        target,
        conflicts: applied.conflicts,
        deleted: gone.deleted,
        kept: gone.kept,
        dropsOldest: records.length >= historyMax ? records.at(-1) : undefined,
        serverSide,
      }),
    ],
  };
}

/** What the current revision has and the target lacks: deleted, or kept by its own policy. What is not live any more is neither. */
async function removals(
  previous: readonly DesiredObject[],
  target: readonly DesiredObject[],
  scrub: (text: string) => string,
  io: EngineIo,
): Promise<{ deleted: DiffObject[]; kept: string[] }> {
  const stays = byKey(target);
  const deleted: DiffObject[] = [];
  const kept: string[] = [];
  await Promise.all(
    previous.map(async ({ object }) => {
      const ref = refOf(object);
      if (stays.has(resourceKey(ref)) || !io.discovery.resolve(ref)) return;
      const live = await findRaw(io, ref);
      if (!live) return;
      if (live.metadata.annotations?.["helm.sh/resource-policy"] === "keep") kept.push(formatRef(ref));
      else
        deleted.push(
          diffPair(scrubConfigMap(io.masker.maskObject(live), scrub), undefined) ?? { ref, change: "removed" },
        );
    }),
  );
  return { deleted, kept };
}

function byKey(objects: readonly DesiredObject[]): Map<string, DesiredObject["object"]> {
  return new Map(objects.map(({ object }) => [resourceKey(refOf(object)), object]));
}

function uniqueRefs(refs: readonly ResourceRef[]): ResourceRef[] {
  return [...new Map(refs.map((ref) => [resourceKey(ref), ref])).values()];
}
