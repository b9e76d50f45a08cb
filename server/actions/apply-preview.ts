import { compareExact, compareSubset, toFieldChange } from "#lib/diff/compare-subset.ts";
import { projectOnto } from "#lib/diff/comparable.ts";
import { fieldOwner } from "#lib/diff/field-manager.ts";
import { formatPath } from "#lib/diff/field-path.ts";
import { type ManifestObject, refOf } from "#lib/diff/manifest-object.ts";
import { diffPair, sortDiff } from "#lib/diff/object-diff.ts";
import { toYaml } from "#lib/diff/to-yaml.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredObject } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { excludedBy } from "#server/desired/exclusions.ts";
import { scrubConfigMap } from "#server/desired/scrub.ts";
import { withoutValues } from "#server/drift/local-comparison.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { Semaphore } from "#server/tools/semaphore.ts";
import { type FieldConflict, parseConflicts } from "./conflicts.ts";
import { findRaw, pathOf } from "./object-io.ts";
import { sentenceList } from "./words.ts";

/** How objects will be applied. */
export interface ApplyOptions {
  readonly fieldManager: string;
  /** False compares locally alone, as for a client-side apply, which a server-side dry run does not stand for. */
  readonly serverSide: boolean;
  /** What was applied before, by `resourceKey`: fields that are in it and not in the new manifest go away. */
  readonly before?: ReadonlyMap<string, KubeObject>;
  readonly scrub?: (text: string) => string;
  /** Leave alone what says so on the live object too (`kustomize.toolkit.fluxcd.io/reconcile: disabled`), as kustomize-controller does. */
  readonly exclusions?: boolean;
}

/** What applying objects would do. */
export interface ApplyPreview {
  /** Live → applied; objects that stay as they are are left out. */
  readonly changes: readonly DiffObject[];
  /** What an apply without force would be refused for. */
  readonly conflicts: readonly (FieldConflict & { readonly ref: ResourceRef })[];
  /** What stands in the way, in sentences: refusals of the API server. */
  readonly problems: readonly string[];
  /** Kinds that the person may not apply, by namespace: "Deployment and Service in shop". */
  readonly forbidden: readonly string[];
  readonly results: readonly AppliedObject[];
}

/** One object as it would be afterwards (as desired, where that was not tried), and as it is. */
export interface AppliedObject {
  readonly applied: KubeObject;
  readonly live?: KubeObject | undefined;
}

interface ObjectPreview {
  readonly change?: DiffObject | undefined;
  readonly conflicts?: readonly FieldConflict[];
  readonly problem?: string;
  readonly forbidden?: boolean;
  readonly result?: AppliedObject;
}

/**
 * What applying these objects would change, asked of the API server by server-side-apply dry runs; Secrets, whose desired values are
 * masked here, are compared by their tokens. @throws KubeError when the cluster can't be asked at all
 */
export async function previewApply(
  objects: readonly DesiredObject[],
  options: ApplyOptions,
  io: EngineIo,
): Promise<ApplyPreview> {
  const turns = new Semaphore(8);
  const judged = objects.filter(({ skip }) => skip === undefined);
  const previews = await Promise.all(
    judged.map(async (desired) => ({
      ref: refOf(desired.object),
      ...(await turns.run(() => previewObject(desired, options, io))),
    })),
  );
  return {
    changes: sortDiff(previews.flatMap(({ change }) => (change && change.change !== "unchanged" ? [change] : []))),
    conflicts: previews.flatMap(({ ref, conflicts = [] }) => conflicts.map((conflict) => ({ ref, ...conflict }))),
    problems: previews.flatMap(({ problem }) => problem ?? []),
    forbidden: forbiddenKinds(previews.filter(({ forbidden }) => forbidden === true).map(({ ref }) => ref)),
    results: previews.flatMap(({ result }) => result ?? []),
  };
}

async function previewObject(desired: DesiredObject, options: ApplyOptions, io: EngineIo): Promise<ObjectPreview> {
  const { object } = desired;
  const ref = refOf(object);
  if (!io.discovery.resolve(ref))
    return {
      change: diffPair(undefined, object),
      problem: `The cluster has no kind ${ref.kind}, so ${formatRef(ref)} can't be applied.`,
    };
  let live: KubeObject | undefined;
  try {
    const raw = await findRaw(io, ref);
    live = raw && scrubConfigMap(io.masker.maskObject(raw), options.scrub);
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 403)) throw error;
    return {
      change: {
        ref,
        change: "changed",
        to: toYaml(object),
        note: "you may not read it, so what would change is not known",
      },
    };
  }
  if (live && (desired.existenceOnly === true || (options.exclusions === true && excludedBy(live) !== undefined)))
    return {};
  if (desired.keysOnly === true) return previewEncrypted(desired, live);
  const local = (note?: string): DiffObject | undefined =>
    withNote(localPair(object, live, options.before?.get(resourceKey(ref)), desired.ignore), note);
  if (object.kind === "Secret" || !options.serverSide) {
    const conflicts = options.serverSide && live ? ownedByOthers(object, live, options.fieldManager) : [];
    return { change: local(), conflicts, result: { applied: object, live } };
  }
  try {
    return await dryRun(desired, live, options, io);
  } catch (error) {
    if (!(error instanceof KubeError) || error.status === 0 || error.status === 401 || error.status >= 500) throw error;
    if (error.status === 403)
      return {
        change: local("compared here: you may not apply it"),
        forbidden: true,
        result: { applied: object, live },
      };
    // A new object in a namespace that is itself new can't be tried.
    if (error.status === 404 && !live) return { change: local() };
    return {
      change: local("the API server would refuse it"),
      problem: `The API server would refuse ${formatRef(ref)}: ${error.message}`,
    };
  }
}

/** What is encrypted at its source can't be compared but for its keys. */
function previewEncrypted({ object, ignore }: DesiredObject, live: KubeObject | undefined): ObjectPreview {
  const change = localPair(withoutValues(object), live && withoutValues(live), undefined, ignore);
  const note = "its values are encrypted at the source: only its keys are compared";
  return { change: withNote(change, note), result: { applied: object, live } };
}

function forbiddenKinds(refs: readonly ResourceRef[]): string[] {
  const byNamespace = Map.groupBy(refs, ({ namespace }) => namespace ?? "");
  return [...byNamespace].map(
    ([namespace, group]) =>
      `${sentenceList([...new Set(group.map(({ kind }) => kind))])}${namespace === "" ? "" : ` in ${namespace}`}`,
  );
}

async function dryRun(
  { object, ignore }: DesiredObject,
  live: KubeObject | undefined,
  options: ApplyOptions,
  io: EngineIo,
): Promise<ObjectPreview> {
  const apply = async (force: boolean): Promise<KubeObject> =>
    await io.client.request<KubeObject>({
      method: "PATCH",
      path: pathOf(io, refOf(object)),
      query: { dryRun: "All", fieldManager: options.fieldManager, force },
      contentType: "application/apply-patch+yaml",
      body: object,
    });
  let conflicts: FieldConflict[] = [];
  let applied: KubeObject;
  try {
    applied = await apply(false);
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 409)) throw error;
    conflicts = parseConflicts(error.message);
    applied = await apply(true);
  }
  const result = scrubConfigMap(io.masker.maskObject(applied), options.scrub);
  if (!live) return { change: { ...added(result), exactness: "dry-run" }, result: { applied: result } };
  const fields = compareExact(live, result, ignore).map(toFieldChange);
  if (fields.length === 0) return { conflicts, result: { applied: result, live } };
  return {
    result: { applied: result, live },
    change: {
      ref: refOf(object),
      change: "changed",
      from: toYaml(live),
      to: toYaml(result),
      fields,
      exactness: "dry-run",
    },
    conflicts,
  };
}

/** The conflicts of what can't be tried: fields that differ and belong to somebody else by the object's managed fields. */
function ownedByOthers(object: KubeObject, live: KubeObject, fieldManager: string): FieldConflict[] {
  return compareSubset(object, live).flatMap(({ path }) => {
    const owner = fieldOwner(live.metadata.managedFields ?? [], path, fieldManager);
    return owner === undefined || owner.manager === fieldManager
      ? []
      : [{ manager: owner.manager, field: formatPath(path) }];
  });
}

function added(object: ManifestObject): DiffObject {
  return { ref: refOf(object), change: "added", to: toYaml(object) };
}

/**
 * What applying would change as far as manifests tell: what is not as the new one says, and what only the old one said.
 */
function localPair(
  object: KubeObject,
  live: KubeObject | undefined,
  before: KubeObject | undefined,
  ignore: readonly string[] | undefined,
): DiffObject | undefined {
  if (!live) return { ...added(object), exactness: "local" };
  const set = compareSubset(object, live, ignore).map(({ path, from, to }) =>
    toFieldChange({ path, from: to, to: from }),
  );
  const dropped = before
    ? compareExact(before, object, ignore)
        .filter(({ to }) => to === undefined)
        .map(toFieldChange)
    : [];
  const fields = [...set, ...dropped.filter(({ path }) => set.every((change) => change.path !== path))];
  if (fields.length === 0) return undefined;
  const shown = projectOnto({ ...before, ...object }, live) as ManifestObject;
  return { ref: refOf(object), change: "changed", from: toYaml(shown), to: toYaml(object), fields, exactness: "local" };
}

function withNote(change: DiffObject | undefined, note: string | undefined): DiffObject | undefined {
  return change && note !== undefined ? { ...change, note } : change;
}
