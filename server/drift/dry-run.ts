import { parseApiVersion } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { describeAccess } from "#server/kube/access.ts";
import { resourcePath } from "#server/kube/api-resource.ts";
import { KubeError } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** What a dry run answers: the object as it would become (masked), or why there is no answer. */
export type DryRun = { readonly merged: KubeObject } | { readonly refusal: string };

const timeout = 15_000;

/** Path of a desired object in the version that its manifest names; undefined when the cluster does not serve the kind. */
export function objectPath(object: KubeObject, io: EngineIo): string | undefined {
  const { group, version } = parseApiVersion(object.apiVersion);
  const resource = io.discovery.resolve({ group, kind: object.kind });
  return resource && resourcePath({ ...resource, version }, object.metadata.namespace, object.metadata.name);
}

/** The live object with its managed fields, masked; undefined when it is not there. @throws KubeError for other refusals */
export async function getLive(object: KubeObject, io: EngineIo, signal?: AbortSignal): Promise<KubeObject | undefined> {
  const path = objectPath(object, io);
  if (path === undefined) return undefined;
  try {
    return io.masker.maskObject(await io.client.request<KubeObject>({ path, timeout, ...(signal ? { signal } : {}) }));
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * What server-side apply of this object as `fieldManager` would make of it; nothing is changed (`dryRun=All`). Conflicts are taken over, as the engines do.
 * Not for Secrets, whose desired values are masked. @throws KubeError when no answer came at all
 */
export async function dryRunApply(
  object: KubeObject,
  fieldManager: string,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<DryRun> {
  const path = objectPath(object, io);
  if (path === undefined) return { refusal: `the cluster does not serve ${object.kind}` };
  try {
    const merged = await io.client.request<KubeObject>({
      method: "PATCH",
      path,
      query: { dryRun: "All", fieldManager, force: true },
      contentType: "application/apply-patch+yaml",
      body: JSON.stringify(applicable(object)),
      timeout,
      ...(signal ? { signal } : {}),
    });
    return { merged: io.masker.maskObject(merged) };
  } catch (error) {
    if (!(error instanceof KubeError) || error.status === 0 || error.status === 401) throw error;
    return { refusal: error.status === 403 ? permission(object, io) : error.message };
  }
}

/** An apply may not carry what the API server writes itself. */
function applicable(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = object;
  const {
    managedFields: _m,
    resourceVersion: _r,
    uid: _u,
    creationTimestamp: _c,
    generation: _g,
    ...metadata
  } = object.metadata;
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata };
}

function permission(object: KubeObject, io: EngineIo): string {
  const { group } = parseApiVersion(object.apiVersion);
  const { namespace } = object.metadata;
  const resource = io.discovery.resolve({ group, kind: object.kind })?.plural ?? object.kind;
  return describeAccess({ verb: "patch", group, resource, ...(namespace === undefined ? {} : { namespace }) });
}
