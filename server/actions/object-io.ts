import { apiError } from "#lib/api/errors.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { diffPair } from "#lib/diff/object-diff.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { AccessAttributes } from "#server/kube/access.ts";
import { resourcePath } from "#server/kube/api-resource.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { GroupKind } from "#server/kube/store.ts";

/** The name under which Driftglass's own changes stand in `managedFields`. */
export const fieldManager = "driftglass";

/** One operation of a JSON Patch (RFC 6902). */
export type JsonPatch = readonly {
  readonly op: "add" | "replace" | "remove" | "test";
  readonly path: string;
  readonly value?: unknown;
}[];

/** A patch, and how it is meant. */
export type Patch =
  | { readonly type: "merge" | "strategic"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly type: "json"; readonly body: JsonPatch };

const contentTypes = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
} as const;

/** The URL path of an object. @throws ApiError when the cluster does not serve its kind. */
export function pathOf(io: EngineIo, ref: ResourceRef): string {
  const resource = io.discovery.resolve(ref);
  if (!resource)
    throw apiError(
      422,
      "unknown-kind",
      `The cluster has no kind ${ref.kind}${ref.group === "" ? "" : ` in ${ref.group}`}.`,
    );
  return resourcePath(resource, ref.namespace, ref.name);
}

/** Reads an object as the API server has it, not masked: for building patches, never for showing. @throws KubeError, ApiError */
export async function readRaw(io: EngineIo, ref: ResourceRef): Promise<KubeObject> {
  return await io.client.request<KubeObject>({ path: pathOf(io, ref) });
}

/** As {@link readRaw}, but undefined when there is no such object. */
export async function findRaw(io: EngineIo, ref: ResourceRef): Promise<KubeObject | undefined> {
  try {
    return await readRaw(io, ref);
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return undefined;
    throw error;
  }
}

/** Sends a patch with the person's own rights; the answer is not masked. A dry run is checked by the API server and not kept. @throws KubeError */
export async function patchObject(
  io: EngineIo,
  ref: ResourceRef,
  patch: Patch,
  options: { dryRun?: boolean } = {},
): Promise<KubeObject> {
  return await io.client.request<KubeObject>({
    method: "PATCH",
    path: pathOf(io, ref),
    query: { fieldManager, ...(options.dryRun === true && { dryRun: "All" }) },
    contentType: contentTypes[patch.type],
    body: patch.body,
  });
}

/** What a patch would change, as the API server says it by a dry run. Empty when nothing would. */
export async function previewPatch(
  io: EngineIo,
  ref: ResourceRef,
  before: KubeObject,
  patch: Patch,
): Promise<DiffObject[]> {
  const after = await patchObject(io, ref, patch, { dryRun: true });
  const pair = diffPair(io.masker.maskObject(before), io.masker.maskObject(after));
  return pair && pair.change !== "unchanged" ? [{ ...pair, exactness: "dry-run" }] : [];
}

/** What somebody needs for a verb on objects of a kind. Where the cluster does not serve the kind, its usual plural is asked for. */
export function accessTo(
  io: EngineIo,
  verb: string,
  kind: GroupKind,
  namespace?: string,
  name?: string,
): AccessAttributes {
  const resource = io.discovery.resolve(kind);
  return {
    verb,
    group: kind.group,
    resource: resource?.plural ?? `${kind.kind.toLowerCase()}s`,
    ...(namespace !== undefined && resource?.namespaced !== false && { namespace }),
    ...(name !== undefined && { name }),
  };
}
