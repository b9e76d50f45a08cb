import type { KubeEvent } from "#lib/api/resource-contract.ts";
import { formatRef, type ResourceRef } from "#lib/model/resource-ref.ts";
import { resourcePath, type ApiResource } from "./api-resource.ts";
import { KubeError, type KubeClient } from "./client.ts";
import type { Discovery } from "./discovery.ts";
import type { KubeObject } from "./object.ts";
import type { Masker } from "./redaction/masker.ts";
import { toKubeEvent } from "./slim-event.ts";
import type { GroupKind } from "./store.ts";

type Resolver = Pick<Discovery, "resolve">;

/**
 * One object as it is now, masked, with its managed fields. The version in `ref` counts when it has one and the cluster serves it.
 *
 * @throws KubeError 404 for a kind that the cluster does not serve, and as the client does.
 */
export async function readObject(
  client: KubeClient,
  discovery: Resolver,
  masker: Masker,
  ref: ResourceRef,
  signal?: AbortSignal,
): Promise<KubeObject> {
  const resource = resolve(discovery, ref);
  const object = await client.request<KubeObject>({
    path: resourcePath({ ...resource, version: ref.version || resource.version }, ref.namespace, ref.name),
    ...(signal ? { signal } : {}),
  });
  return masker.maskObject(object);
}

/** Which log, and how much of it. */
export interface PodLogOptions {
  /** Needed when the pod has several containers; the API server's error names them. */
  readonly container?: string;
  /** The log of the run before the last restart. */
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly follow?: boolean;
  readonly sinceSeconds?: number;
  readonly timestamps?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * A pod's log as its bytes come; breaking off the iteration ends the request. At most 10 MiB unless it is followed. Logs are the
 * application's own words: they are passed on as they are. @throws KubeError before the first byte.
 */
export function podLogs(
  client: KubeClient,
  pod: { namespace: string; name: string },
  options: PodLogOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const { signal, ...query } = options;
  return client.stream({
    path: resourcePath({ group: "", version: "v1", plural: "pods", namespaced: true }, pod.namespace, pod.name, "log"),
    query: { ...query, ...(options.follow ? {} : { limitBytes: 10 * 1024 * 1024 }) },
    accept: "*/*",
    ...(signal ? { signal } : {}),
  });
}

/**
 * The events about one object (or about everything in a namespace), newest first, with masked messages; at most 500.
 *
 * @throws KubeError as the client does, 403 where this person may not list events.
 */
export async function eventsFor(
  client: KubeClient,
  masker: Masker,
  about: (Pick<ResourceRef, "kind" | "name" | "namespace"> & { uid?: string }) | { namespace: string },
  signal?: AbortSignal,
): Promise<KubeEvent[]> {
  const selector =
    "kind" in about
      ? [
          `involvedObject.name=${about.name}`,
          `involvedObject.kind=${about.kind}`,
          ...(about.uid ? [`involvedObject.uid=${about.uid}`] : []),
        ].join(",")
      : undefined;
  // Events about cluster-scoped objects are written to `default`.
  const namespace = about.namespace ?? "default";
  const answer = await client.request<{ items?: readonly unknown[] }>({
    path: resourcePath({ group: "", version: "v1", plural: "events", namespaced: true }, namespace),
    query: { fieldSelector: selector, limit: 500 },
    ...(signal ? { signal } : {}),
  });
  return (answer.items ?? [])
    .flatMap((item) => toKubeEvent(item, (text) => masker.maskText(text)) ?? [])
    .sort((a, b) => (b.lastSeen ?? "").localeCompare(a.lastSeen ?? ""));
}

function resolve(discovery: Resolver, kind: GroupKind & { name?: string }): ApiResource {
  const resource = discovery.resolve(kind);
  if (resource) return resource;
  const what = kind.name === undefined ? kind.kind : formatRef({ kind: kind.kind, name: kind.name });
  throw new KubeError(
    404,
    "NotFound",
    `The cluster serves no ${kind.kind}${kind.group === "" ? "" : ` of ${kind.group}`}: ${what} can't be read.`,
  );
}
