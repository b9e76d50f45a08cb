import type { FieldDifference } from "#lib/diff/compare.ts";
import { compareSubset } from "#lib/diff/compare-subset.ts";
import { isRecord } from "#lib/diff/json.ts";
import { refOf, type ManifestObject } from "#lib/diff/manifest-object.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredObject, DesiredState } from "#server/desired/desired-state.ts";
import { excludedBy } from "#server/desired/exclusions.ts";
import { scrubConfigMap } from "#server/desired/scrub.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";

/** What comparing one desired object with the store says, without asking the cluster. */
export type LocalComparison =
  | { readonly state: "equal" }
  /** Its drift is not judged; the note says why. */
  | { readonly state: "skipped"; readonly note: string }
  /** Desired but not there. */
  | { readonly state: "missing" }
  /** Not known (yet): `settled` is false while the kind is still being listed. */
  | { readonly state: "unknown"; readonly note: string; readonly settled: boolean }
  /** A candidate for drift. */
  | { readonly state: "differs"; readonly differences: readonly FieldDifference[] };

/** Compares one desired object with what the store knows; pure, and cheap enough for every event. */
export function compareLocally(
  desired: DesiredObject,
  state: Pick<DesiredState, "scrub">,
  store: StoreReader,
): LocalComparison {
  const ref = refOf(desired.object);
  if (desired.skip !== undefined) return { state: "skipped", note: `skipped: ${desired.skip}` };
  const live = store.get(resourceKey(ref))?.object;
  if (!live) return absent(desired, store);
  const excluded = excludedBy(live);
  if (excluded !== undefined) return { state: "skipped", note: `skipped: ${excluded}` };
  if (desired.unjudged !== undefined) return { state: "unknown", note: desired.unjudged, settled: true };
  if (desired.existenceOnly) return { state: "equal" };
  const differences = subsetDifferences(desired, live, state);
  return differences.length === 0 ? { state: "equal" } : { state: "differs", differences };
}

/** The desired fields that live does not have, or has otherwise. */
export function subsetDifferences(
  desired: DesiredObject,
  live: KubeObject,
  { scrub }: Pick<DesiredState, "scrub">,
): FieldDifference[] {
  const comparable = scrubConfigMap(live, scrub);
  if (desired.keysOnly) return compareSubset(withoutValues(desired.object), withoutValues(comparable), desired.ignore);
  return compareSubset(desired.object, comparable, desired.ignore);
}

/** A Secret whose values all look alike, so that only its keys are compared. */
export function withoutValues(object: ManifestObject): ManifestObject {
  const keys = [object["data"], object["stringData"]].flatMap((map) => (isRecord(map) ? Object.keys(map) : []));
  const { stringData: _stringData, ...rest } = object;
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    data: Object.fromEntries(keys.map((key) => [key, "‹encrypted›"])),
  };
}

function absent({ object }: DesiredObject, store: StoreReader): LocalComparison {
  const { group, kind, namespace } = refOf(object);
  const known = store.kindState({ group, kind });
  const name = group === "" ? kind : `${kind}.${group}`;
  const refused: LocalComparison = {
    state: "unknown",
    note: `no permission to list ${name}${namespace === undefined ? "" : ` in ${namespace}`}`,
    settled: true,
  };
  if (known.state === "synced") return { state: "missing" };
  if (known.state === "forbidden") return refused;
  if (known.state === "namespaces")
    return namespace !== undefined && known.namespaces.includes(namespace) ? { state: "missing" } : refused;
  if (known.state === "absent") return { state: "unknown", note: `the cluster does not serve ${name}`, settled: true };
  return {
    state: "unknown",
    note: known.state === "syncing" ? `${name} is still being listed` : "not connected",
    settled: false,
  };
}
