import { apiError } from "#lib/api/errors.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { listRecords, type ReleaseRecord } from "#server/desired/helm/records.ts";
import type { KubeObject } from "#server/kube/object.ts";

/** Where a release is. */
export interface ReleasePlace {
  readonly release: string;
  readonly namespace: string;
}

/** The records of a release, newest first; never empty. @throws ApiError when there is none, KubeError */
export async function recordsOf(
  { release, namespace }: ReleasePlace,
  io: EngineIo,
): Promise<readonly [ReleaseRecord, ...ReleaseRecord[]]> {
  const [newest, ...older] = await listRecords(namespace, release, io);
  if (!newest)
    throw apiError(
      404,
      "not-found",
      `There is no release record of ${release} in ${namespace}, or you may not read it.`,
    );
  return [newest, ...older];
}

/** One record as the API server has it at this moment: the store may be a moment behind what `helm` has just written. */
export interface RecordState {
  readonly version: number;
  readonly status: string;
}

/** The newest record's number and status, asked anew. @throws KubeError */
export async function newestState(
  { release, namespace }: ReleasePlace,
  kind: ReleaseRecord["kind"],
  io: EngineIo,
): Promise<RecordState | undefined> {
  const answer = await io.client.request<{ items?: KubeObject[] }>({
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/${kind === "Secret" ? "secrets" : "configmaps"}`,
    query: { labelSelector: `owner=helm,name=${release}` },
    accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
  });
  const states = (answer.items ?? []).map(({ metadata }) => ({
    version: Number(metadata.labels?.["version"]),
    status: metadata.labels?.["status"] ?? "unknown",
  }));
  return states.toSorted((a, b) => b.version - a.version)[0];
}
