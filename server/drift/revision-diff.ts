import type { Diff } from "#lib/api/diff-contract.ts";
import { projectOnto } from "#lib/diff/comparable.ts";
import { compareSubset, toFieldChange } from "#lib/diff/compare-subset.ts";
import { getIn } from "#lib/diff/json.ts";
import { type ManifestObject, refOf } from "#lib/diff/manifest-object.ts";
import { diffObjects, sortDiff } from "#lib/diff/object-diff.ts";
import { toYaml } from "#lib/diff/to-yaml.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { driftDiff } from "./diff-service.ts";
import { documentPairs } from "./document-pairs.ts";
import { inverted } from "./inverted.ts";
import { comparableStates, manifestsOf, sentences } from "./comparable-states.ts";
import { type StateContext, type UnitState, unitState } from "./unit-state.ts";

/**
 * Compares two states of a unit: revision ids of its history, `desired` or `live`. Against live, the comparison is a dry run of the other
 * end, so `live` → revision shows what a rollback would change.
 * @throws DesiredFault for a revision that is not known or whose manifests can't be had; ReleaseDecodeError, RecordFault or KubeError when a
 * record can't be read
 */
export async function revisionDiff(
  unit: ApplicationRef,
  from: string,
  to: string,
  context: StateContext,
): Promise<Diff> {
  if (from === "live" && to === "live") return { from, to, objects: [], message: "Both sides are the live state." };
  if (to === "live") return { ...(await against(unit, await unitState(unit, from, context), context)), from, to };
  if (from === "live")
    return { ...inverted(await against(unit, await unitState(unit, to, context), context)), from, to };
  const [before, after] = await Promise.all([unitState(unit, from, context), unitState(unit, to, context)]);
  return { from, to, ...betweenStates(before, after) };
}

/** Two states that are known, object by object and document by document. */
function betweenStates(before: UnitState, after: UnitState): Omit<Diff, "from" | "to"> {
  const documents = documentPairs(before.documents, after.documents);
  const [left, right] = comparableStates(before, after);
  const message = sentences([...left.notes, ...right.notes]);
  const rest = {
    ...(message === undefined ? {} : { message }),
    ...(left.hidden > 0 ? { hidden: left.hidden } : {}),
    ...(documents.length > 0 ? { documents } : {}),
  };
  if (!before.state || !after.state) return { objects: [], ...rest };
  const objects =
    before.partial === after.partial
      ? diffObjects(left.objects, right.objects)
      : before.partial
        ? inverted({ from: "", to: "", objects: templates(right.objects, left.objects) }).objects
        : templates(left.objects, right.objects);
  return { exactness: "local", objects, ...rest };
}

/** What was applied against a pod template that runs or ran, whose defaults the API server has filled in: only what was applied counts. */
function templates(applied: readonly ManifestObject[], templated: readonly ManifestObject[]): DiffObject[] {
  return sortDiff(
    templated.flatMap((to): DiffObject[] => {
      const ref = refOf(to);
      const whole = applied.find((object) => resourceKey(refOf(object)) === resourceKey(ref));
      if (!whole) return [{ ref, change: "added", to: toYaml(to), note: "What was applied does not have it." }];
      const { name, namespace } = to.metadata;
      const from: ManifestObject = {
        apiVersion: to.apiVersion,
        kind: to.kind,
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
        spec: { template: getIn(whole, "spec", "template") },
      };
      const fields = compareSubset(from, to).map(toFieldChange);
      const cut = { ...to, spec: projectOnto(from["spec"], to["spec"]) };
      return [
        {
          ref,
          change: fields.length > 0 ? "changed" : "unchanged",
          from: toYaml(from),
          to: toYaml(cut),
          ...(fields.length > 0 ? { fields } : {}),
          note: "Only what was applied is compared: the API server's defaults are left out.",
        },
      ];
    }),
  );
}

/** The comparison with live; what the current desired state has beyond that end is what a change to it would delete. */
async function against(unit: ApplicationRef, end: UnitState, context: StateContext): Promise<Diff> {
  const ends = { from: "", to: "live" };
  const { io, desired, signal, maskKey } = context;
  const [left] = comparableStates(end, { documents: [], maskKey });
  const note = sentences(left.notes);
  if (!end.state) return { ...ends, objects: [], ...(note === undefined ? {} : { message: note }) };
  const kept = new Set(manifestsOf(end.state).map((object) => resourceKey(refOf(object))));
  const pruned = end.partial
    ? []
    : manifestsOf(desired ?? end.state).filter((object) => {
        const key = resourceKey(refOf(object));
        if (kept.has(key) || end.hidden?.has(key)) return false;
        return object.metadata.annotations?.["helm.sh/resource-policy"] !== "keep";
      });
  const isForeign = end.maskKey !== maskKey;
  const objects = end.state.objects.map((object) =>
    isForeign && object.object.kind === "Secret" ? { ...object, keysOnly: true } : object,
  );
  const diff = await driftDiff(unit, { ...end.state, objects, pruned }, undefined, io, {
    fresh: true,
    ...(signal ? { signal } : {}),
  });
  const message = sentences([note, end.partial || end.hidden ? undefined : diff.message]);
  const { message: _message, ...rest } = diff;
  return {
    ...rest,
    ...(message === undefined ? {} : { message }),
    ...(left.hidden > 0 ? { hidden: left.hidden } : {}),
  };
}
