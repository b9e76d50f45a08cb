import type { ApplicationRef } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { DesiredFault } from "#server/desired/fault.ts";
import { ReleaseDecodeError } from "#server/desired/helm/decode.ts";
import { deployedRelease, helmRevision } from "#server/desired/helm/history.ts";
import { manifestObjects } from "#server/desired/helm/manifest-objects.ts";
import type { MaskedRelease, ReleaseDocuments } from "#server/desired/helm/release.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { loadRevisionDesired } from "#server/desired/registry.ts";
import type { RecordedManifests } from "#server/recorded/recorded-releases.ts";
import { KubeError } from "#server/kube/client.ts";
import { argoDocument } from "./argo-document.ts";
import { rolloutTemplate } from "./rollout-template.ts";

/** A text of a state besides its objects. */
export interface StateDocument {
  readonly title: string;
  readonly text: string;
}

/** What a unit is made of at one revision, or now. */
export interface UnitState {
  /** Absent: the manifests of this revision are not known, and `note` says why. */
  readonly state?: DesiredState;
  readonly documents: readonly StateDocument[];
  /** A sentence on where it comes from or what it lacks. */
  readonly note?: string;
  /** Names the masking key of its tokens: values of two states can be compared when it is the same. */
  readonly maskKey?: string | undefined;
  /** Keys of objects that were recorded and that this person may not read. */
  readonly hidden?: ReadonlySet<string>;
  /** What is live now: with defaults, and with what controllers have set. */
  readonly live?: true;
  /** Only pod templates of single workloads: no statement about anything else. */
  readonly partial?: boolean;
}

/** What finding a unit's states may use, besides the engine's own I/O. */
export interface StateContext {
  readonly io: EngineIo;
  /** The desired state as loaded last. */
  readonly desired: DesiredState | undefined;
  /** The history as the engine tells it. */
  readonly revisions: readonly Revision[];
  /** The recorded manifests of a revision; undefined when it was not recorded. */
  readonly recorded?: (id: string) => Promise<RecordedManifests | undefined>;
  /** Names the masking key of what is not recorded. */
  readonly maskKey?: string;
  readonly signal?: AbortSignal | undefined;
}

const titles: Readonly<Record<keyof ReleaseDocuments, string>> = {
  userValues: "User-supplied values",
  computedValues: "Computed values",
  notes: "Notes",
  chart: "Chart",
  hooks: "Hooks",
};

const fieldManagers: Partial<Readonly<Record<ApplicationRef["engine"], string>>> = {
  "flux-kustomization": "kustomize-controller",
};

/**
 * What a unit consists of at a revision of its history, or as `desired` says.
 * @throws DesiredFault for a revision that is not known; ReleaseDecodeError, RecordFault or KubeError when a record can't be read
 */
export async function unitState(unit: ApplicationRef, id: string, context: StateContext): Promise<UnitState> {
  return { maskKey: context.maskKey, ...(await findState(unit, id, context)) };
}

async function findState(unit: ApplicationRef, id: string, context: StateContext): Promise<UnitState> {
  if (id === "desired") return await desiredState(unit, context);
  if (unit.engine === "helm" || unit.engine === "flux-helmrelease") return await releaseState(unit, id, context);
  if (unit.engine === "kubectl") return rolloutTemplate(unit, id, context.io);
  const revision = context.revisions.find((known) => known.id === id);
  const documents = unit.engine === "argocd" ? argoDocument(unit, id, context.io.store) : [];
  const recorded = await context.recorded?.(id);
  if (recorded) {
    const objects = recorded.objects.map((object) => ({ object }));
    const fieldManager = fieldManagers[unit.engine];
    return {
      state: { key: id, objects, exactness: "dry-run", ...(fieldManager === undefined ? {} : { fieldManager }) },
      documents,
      hidden: recorded.hidden,
      maskKey: recorded.maskKey,
    };
  }
  if (!revision) throw new DesiredFault("This revision is neither in the history (any more) nor recorded.");
  if (revision.current && context.desired && context.desired.error === undefined)
    return { state: context.desired, documents };
  if (unit.engine === "argocd")
    return {
      documents,
      note: `The manifests of ${revision.revision} were not recorded: Argo CD's history has its source and parameters alone.`,
    };
  const built = await loadRevisionDesired(unit, revision.revision, context.io, context.signal);
  if (built.error !== undefined) throw new DesiredFault(built.error);
  return { state: built, documents: [], note: "It was not recorded: built from what its source still keeps." };
}

async function desiredState(unit: ApplicationRef, { desired, io }: StateContext): Promise<UnitState> {
  if (!desired) throw new DesiredFault("The desired state is not known (yet).");
  if (desired.error !== undefined) throw new DesiredFault(desired.error);
  return { state: desired, documents: await desiredDocuments(unit, io) };
}

/** Values, notes and chart of what is deployed; source and parameters as they are set. What can't be read is left out: the objects are known. */
async function desiredDocuments(unit: ApplicationRef, io: EngineIo): Promise<readonly StateDocument[]> {
  if (unit.engine === "argocd") return argoDocument(unit, "desired", io.store);
  if (unit.engine !== "helm" && unit.engine !== "flux-helmrelease") return [];
  try {
    return documentsOf(await deployedRelease(unit, io));
  } catch (error) {
    if (error instanceof ReleaseDecodeError || error instanceof KubeError) return [];
    throw error;
  }
}

async function releaseState(unit: ApplicationRef, id: string, { io }: StateContext): Promise<UnitState> {
  const version = Number(id);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new DesiredFault(`${JSON.stringify(id)} is no revision of a Helm release.`);
  const release = await helmRevision(unit, version, io);
  return {
    state: {
      key: id,
      objects: manifestObjects(release, io.discovery),
      fieldManager: unit.engine === "helm" ? "helm" : "helm-controller",
      exactness: "dry-run",
      scrub: release.scrub,
    },
    documents: documentsOf(release),
  };
}

function documentsOf({ documents }: MaskedRelease): StateDocument[] {
  const keys = Object.keys(titles) as (keyof ReleaseDocuments)[];
  return keys.map((key) => ({ title: titles[key], text: documents[key] }));
}
