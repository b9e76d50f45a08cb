import { resourcePath } from "./api-resource.ts";
import type { KubeRequest } from "./client.ts";
import type { ReflectorOptions } from "./reflector-options.ts";

type Followed = Pick<ReflectorOptions, "resource" | "namespace" | "depth" | "labelSelector" | "fieldSelector">;

/** The list of what a reflector follows. */
export function listRequest(followed: Followed, signal: AbortSignal): KubeRequest {
  return request(followed, "PartialObjectMetadataList", {}, signal);
}

/** The watch from a version, or of everything from the beginning (a streamed list) where there is none. */
export function watchRequest(
  followed: Followed,
  from: string | undefined,
  timeoutSeconds: number,
  signal: AbortSignal,
): KubeRequest {
  const start =
    from === undefined ? { sendInitialEvents: true, resourceVersionMatch: "NotOlderThan" } : { resourceVersion: from };
  return request(
    followed,
    "PartialObjectMetadata",
    { watch: 1, allowWatchBookmarks: true, timeoutSeconds, ...start },
    signal,
  );
}

function request(
  { resource, namespace, depth, labelSelector, fieldSelector }: Followed,
  as: string,
  query: NonNullable<KubeRequest["query"]>,
  signal: AbortSignal,
): KubeRequest {
  return {
    path: resourcePath(resource, namespace),
    query: { ...query, labelSelector, fieldSelector },
    ...(depth === "metadata" ? { accept: `application/json;as=${as};g=meta.k8s.io;v=v1,application/json` } : {}),
    signal,
  };
}
