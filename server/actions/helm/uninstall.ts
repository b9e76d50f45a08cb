import { apiError } from "#lib/api/errors.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { diffPair, sortDiff } from "#lib/diff/object-diff.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import { manifestObjects } from "#server/desired/helm/manifest-objects.ts";
import { readRelease, type ReleaseRecord } from "#server/desired/helm/records.ts";
import type { MaskedRelease } from "#server/desired/helm/release.ts";
import { scrubConfigMap } from "#server/desired/scrub.ts";
import { KubeError } from "#server/kube/client.ts";
import { nameArgument } from "#server/tools/argument.ts";
import type { ActionContext, ActionHandler, Outcome } from "../action-handler.ts";
import { findRaw } from "../object-io.ts";
import { countChanges, sentenceList } from "../words.ts";
import { unitWords } from "../unit-object.ts";
import { uninstallAccess } from "./access.ts";
import { newestState, recordsOf, type ReleasePlace } from "./records.ts";
import { hookTimeout } from "./rollback-arguments.ts";
import { placeOf, refusal, releaseLock } from "./rollback.ts";
import { helmFailure, refuseChanged, runHelm } from "./run-helm.ts";

/** What an uninstall would do, found out before anything is deleted. */
interface UninstallPlan {
  readonly place: ReleasePlace;
  readonly current: ReleaseRecord;
  readonly records: number;
  readonly release: MaskedRelease;
  readonly changes: readonly DiffObject[];
  readonly warnings: readonly string[];
}

/** Deletes a release with what it has made, by the real helm; its records stay if that is asked for. */
export const helmUninstall: ActionHandler = {
  access: (context) => uninstallAccess(context, placeOf(context)),
  refusal,
  lock: (context) => releaseLock(placeOf(context)),

  async preview(context): Promise<Outcome> {
    const { changes, warnings, place, records } = await plan(context);
    const kept = context.request.keepHistory === true;
    const what = changes.length === 0 ? "would delete nothing in the cluster" : `would ${countChanges(changes)}`;
    return {
      message: `Uninstalling ${place.release} ${what} and ${kept ? "keeps its history, so that it can be rolled back" : `removes its history (${records} ${records === 1 ? "revision" : "revisions"}) for good`}.`,
      warnings,
      changes,
    };
  },

  async perform(context): Promise<Outcome> {
    const { io, unit, request } = context;
    const { place, current, release, warnings } = await plan(context);
    const keep = request.keepHistory === true;
    await refuseChanged(place, current, io);
    const { code, stderr } = await runHelm(
      {
        place,
        args: uninstallArguments(place, keep),
        kind: current.kind,
        seconds: hookTimeout,
        hint: "The release may be left as uninstalling; uninstalling it once more is the way out.",
      },
      io,
    );
    const after = await newestState(place, current.kind, io);
    if (code !== 0) throw helmFailure("helm uninstall", place, release.scrub(io.masker.maskText(stderr)), after);
    return {
      message: `${unitWords(unit)} is uninstalled${keep ? "; its history is kept" : ""}.`,
      warnings,
      from: String(current.version),
    };
  },
};

/** Arguments of `helm uninstall`. */
export function uninstallArguments({ release, namespace }: ReleasePlace, keepHistory: boolean): string[] {
  return [
    "uninstall",
    nameArgument(release),
    `--namespace=${nameArgument(namespace)}`,
    `--timeout=${hookTimeout}s`,
    ...(keepHistory ? ["--keep-history"] : []),
  ];
}

/**
 * What helm deletes is what the newest record's manifest has, but for what says `helm.sh/resource-policy: keep` there: the manifest's
 * word counts, not the live object's (helm `pkg/action/resource_policy.go`). @throws ApiError, ReleaseDecodeError, KubeError
 */
async function plan(context: ActionContext): Promise<UninstallPlan> {
  const { io, request } = context;
  const place = placeOf(context);
  const records = await recordsOf(place, io);
  const [current] = records;
  if (current.status === "uninstalled" && request.keepHistory === true)
    throw apiError(422, "invalid", `${place.release} is uninstalled already, and its history is kept.`, {
      hint: "Uninstall it without keeping its history to remove that.",
    });
  const release = await readRelease(current, io);
  const objects = manifestObjects(release, io.discovery).map(({ object }) => object);
  const stays = (annotations: Readonly<Record<string, string>> | undefined): boolean =>
    annotations?.["helm.sh/resource-policy"]?.trim().toLowerCase() === "keep";
  const gone = current.status === "uninstalled" ? [] : objects.filter(({ metadata }) => !stays(metadata.annotations));
  const kept = objects.filter(({ metadata }) => stays(metadata.annotations)).map((object) => formatRef(refOf(object)));
  const changes = await Promise.all(
    gone.map(async (object): Promise<DiffObject[]> => {
      const ref = refOf(object);
      if (!io.discovery.resolve(ref)) return [];
      try {
        const live = await findRaw(io, ref);
        if (!live) return [];
        const shown = scrubConfigMap(io.masker.maskObject(live), release.scrub);
        return [diffPair(shown, undefined) ?? { ref, change: "removed" }];
      } catch (error) {
        if (!(error instanceof KubeError && error.status === 403)) throw error;
        return [{ ref, change: "removed", note: "you may not read it" }];
      }
    }),
  );
  const warnings = [
    ...(kept.length > 0
      ? [`These stay because they ask to be kept (helm.sh/resource-policy): ${sentenceList(kept)}.`]
      : []),
    ...(objects.some(({ kind }) => kind === "StatefulSet")
      ? ["PersistentVolumeClaims of its StatefulSets stay: Kubernetes keeps the data."]
      : []),
    ...hooksOf(release),
    ...(objects.some(({ kind }) => kind === "CustomResourceDefinition")
      ? ["It has CustomResourceDefinitions: deleting them deletes every object of those kinds, in all namespaces."]
      : []),
    ...(/^pending-|^uninstalling$/.test(current.status)
      ? [`Revision ${current.version} is ${current.status}: make sure that nobody's helm is still at work on it.`]
      : []),
  ];
  return { place, current, records: records.length, release, changes: sortDiff(changes.flat()), warnings };
}

function hooksOf({ hooks }: MaskedRelease): string[] {
  const run = hooks.filter(({ events }) => events.some((event) => event === "pre-delete" || event === "post-delete"));
  return run.length === 0 ? [] : [`Its delete hooks run: ${sentenceList(run.map(({ ref }) => formatRef(ref)))}.`];
}
