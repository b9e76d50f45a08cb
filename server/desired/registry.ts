import type { ApplicationRef, Engine } from "#lib/model/application.ts";
import { formatRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { Reading } from "#server/engines/engine.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { loadLastApplied } from "./applied/load.ts";
import type { DesiredState } from "./desired-state.ts";
import { DesiredFault, faultMessage } from "./fault.ts";
import { loadHelmRelease } from "./flux/helmrelease.ts";
import { loadKustomization } from "./flux/kustomization.ts";
import { loadRelease } from "./helm/load.ts";
import type { EngineIo } from "./io.ts";

/** The kind that defines a unit, for engines whose units are objects. */
const definingKind: Partial<Readonly<Record<Engine, { group: string; kind: string }>>> = {
  "flux-kustomization": { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" },
  "flux-helmrelease": { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" },
  argocd: { group: "argoproj.io", kind: "Application" },
};

/**
 * What should be there for a unit: what its engine applied last. Expected faults (no permission, a source that is gone, a broken record, a missing
 * program) become `error` in words; it never throws for them. An aborted load throws.
 */
export async function loadDesired(
  unit: ApplicationRef,
  reading: Reading,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<DesiredState> {
  return guarded(reading.desiredKey ?? "", io, signal, (key) => {
    if (reading.desiredKey === undefined && reading.desiredMissing !== undefined)
      throw new DesiredFault(reading.desiredMissing);
    if (unit.engine === "flux-kustomization")
      return loadKustomization(definition(unit, io), "applied", key, io, signal);
    if (unit.engine === "flux-helmrelease") return loadHelmRelease(unit, definition(unit, io), key, io);
    if (unit.engine === "helm") return loadRelease(unit, key, io);
    const resources = reading.inventory.filter(({ hook }) => hook !== true).map(({ ref }) => ref);
    return loadLastApplied(resources, unit.engine === "argocd" ? definition(unit, io) : undefined, key, io, signal);
  });
}

/** What a Kustomization would apply now: the build of the revision that its source offers, for previews of a sync. Faults as in {@link loadDesired}. */
export async function loadSourceDesired(
  unit: ApplicationRef,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<DesiredState> {
  return guarded("source", io, signal, (key) => {
    if (unit.engine !== "flux-kustomization")
      throw new DesiredFault("What the source says now can't be built for this engine.");
    return loadKustomization(definition(unit, io), "source", key, io, signal);
  });
}

/**
 * What a Kustomization would apply at a revision of its history, with its settings of today: as long as it is known or its artifact is kept.
 * Faults as in {@link loadDesired}.
 */
export async function loadRevisionDesired(
  unit: ApplicationRef,
  revision: string,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<DesiredState> {
  return guarded(revision, io, signal, (key) => loadKustomization(definition(unit, io), { revision }, key, io, signal));
}

async function guarded(
  key: string,
  io: EngineIo,
  signal: AbortSignal | undefined,
  load: (key: string) => DesiredState | Promise<DesiredState>,
): Promise<DesiredState> {
  try {
    return await load(key);
  } catch (error) {
    signal?.throwIfAborted();
    const message =
      faultMessage(error) ??
      `An unexpected fault: ${error instanceof Error ? io.masker.maskText(error.message) : "unknown"}`;
    return { key, objects: [], exactness: "local", error: message };
  }
}

function definition(unit: ApplicationRef, io: EngineIo): KubeObject {
  const kind = definingKind[unit.engine];
  const found = kind && io.store.get(resourceKey({ ...kind, namespace: unit.namespace, name: unit.name }))?.object;
  if (!found)
    throw new DesiredFault(
      `${formatRef({ kind: kind?.kind ?? unit.engine, name: unit.name })} is not there (any more).`,
    );
  return found;
}
