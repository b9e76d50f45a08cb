import type { Diff } from "#lib/api/contract.ts";
import { refOf } from "#lib/diff/manifest-object.ts";
import { diffObjects } from "#lib/diff/object-diff.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { DesiredFault } from "#server/desired/fault.ts";
import { helmRevision } from "#server/desired/helm/history.ts";
import { manifestObjects } from "#server/desired/helm/manifest-objects.ts";
import type { MaskedRelease, ReleaseDocuments } from "#server/desired/helm/release.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { driftDiff } from "./diff-service.ts";
import { inverted } from "./inverted.ts";

const titles: Readonly<Record<keyof ReleaseDocuments, string>> = {
  userValues: "User-supplied values",
  computedValues: "Computed values",
  notes: "Notes",
  chart: "Chart",
  hooks: "Hooks",
};

/** One end of a comparison. */
type End =
  | { readonly kind: "live" }
  | { readonly kind: "desired"; readonly state: DesiredState }
  | { readonly kind: "revision"; readonly release: MaskedRelease; readonly state: DesiredState };

/**
 * Compares two states of a unit: revision ids (Helm and HelmRelease, which record manifests), `desired` or `live`. Against live, the comparison is a dry run of the other
 * end, so `live` → revision shows what a rollback would change.
 * @throws DesiredFault for a revision that is not known or an engine that records no manifests; ReleaseDecodeError or KubeError when a record can't be read
 */
export async function revisionDiff(
  unit: ApplicationRef,
  from: string,
  to: string,
  io: EngineIo,
  desired: DesiredState | undefined,
  signal?: AbortSignal,
): Promise<Diff> {
  const [before, after] = await Promise.all([endOf(unit, from, io, desired), endOf(unit, to, io, desired)]);
  if (before.kind === "live") {
    if (after.kind === "live") return { from, to, objects: [], message: "Both sides are the live state." };
    return { ...inverted(await against(unit, after.state, desired, io, signal)), from, to };
  }
  if (after.kind === "live") return { ...(await against(unit, before.state, desired, io, signal)), from, to };
  const objects = diffObjects(manifests(before.state), manifests(after.state));
  if (before.kind !== "revision" || after.kind !== "revision") return { from, to, exactness: "local", objects };
  return { from, to, exactness: "local", objects, documents: documentsOf(before.release, after.release) };
}

async function endOf(unit: ApplicationRef, id: string, io: EngineIo, desired: DesiredState | undefined): Promise<End> {
  if (id === "live") return { kind: "live" };
  if (id === "desired") {
    if (!desired) throw new DesiredFault("The desired state is still being loaded.");
    if (desired.error !== undefined) throw new DesiredFault(desired.error);
    return { kind: "desired", state: desired };
  }
  if (unit.engine !== "helm" && unit.engine !== "flux-helmrelease") throw new DesiredFault(whyNotComparable(unit));
  const version = Number(id);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new DesiredFault(`${JSON.stringify(id)} is no revision of a Helm release.`);
  const release = await helmRevision(unit, version, io);
  const state: DesiredState = {
    key: id,
    objects: manifestObjects(release, io.discovery),
    fieldManager: unit.engine === "helm" ? "helm" : "helm-controller",
    exactness: "dry-run",
    scrub: release.scrub,
  };
  return { kind: "revision", release, state };
}

/** The comparison with live; what the current desired state has beyond that end is what a change to it would delete. */
function against(
  unit: ApplicationRef,
  state: DesiredState,
  current: DesiredState | undefined,
  io: EngineIo,
  signal: AbortSignal | undefined,
): Promise<Diff> {
  const kept = new Set(manifests(state).map((object) => resourceKey(refOf(object))));
  const pruned = manifests(current ?? state).filter(
    (object) =>
      !kept.has(resourceKey(refOf(object))) && object.metadata.annotations?.["helm.sh/resource-policy"] !== "keep",
  );
  return driftDiff(unit, { ...state, pruned }, undefined, io, { fresh: true, ...(signal ? { signal } : {}) });
}

function manifests(state: DesiredState) {
  return state.objects.map(({ object }) => object);
}

function documentsOf(from: MaskedRelease, to: MaskedRelease): NonNullable<Diff["documents"]> {
  const keys = Object.keys(titles) as (keyof ReleaseDocuments)[];
  return keys
    .filter((key) => from.documents[key] !== "" || to.documents[key] !== "")
    .map((key) => ({ title: titles[key], from: from.documents[key], to: to.documents[key] }));
}

function whyNotComparable({ engine }: ApplicationRef): string {
  if (engine === "argocd")
    return "Argo CD records revisions, but not their manifests: two revisions can only be compared in Git.";
  if (engine === "kubectl") return "kubectl keeps only what was applied last, so there are no revisions to compare.";
  return "Flux records revisions, but not their manifests: two revisions can only be compared at their source.";
}
