import { everyCluster } from "#lib/model/every-cluster.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { SeenEvent } from "#server/stream/broadcaster.ts";
import type { StreamOwner } from "#server/stream/hub.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Call } from "./guard.ts";
import { logQuery } from "./log-query.ts";
import { resourceOf, type ResourceParams } from "./path.ts";
import { personOf } from "./replicas/session-head.ts";
import { checkSession } from "./validity.ts";

/**
 * `GET /api/v1/events`: the view's events, or with `?cluster=*` those of all clusters of the session; `?after=<instance>:<sequence>`, once for
 * each of them, goes on where an earlier connection ended.
 */
export function eventStream(call: Call<unknown>): Response {
  const { runtime, session, clusters, view, url } = call;
  const after = seenEvents(url.searchParams.getAll("after"), call.request.headers.get("last-event-id"));
  if (url.searchParams.get("cluster") !== everyCluster) return runtime.streams.events({ view, after, ...owner(call) });
  return runtime.streams.everyEvents({
    ...owner(call, session.ended),
    after,
    clusters: clusters.map((cluster) => ({
      name: cluster.name,
      view: () => cluster.lease.view,
      ended: cluster.ended,
      left: () => !session.clusters.has(cluster.name),
    })),
  });
}

/** `GET …/logs`: a container's log as text; with `?follow` it goes on until somebody ends it. */
export async function logStream(call: Call<ResourceParams>): Promise<Response> {
  const stop = new AbortController();
  const options = logQuery(call.url.searchParams, stop.signal);
  const abort = (): void => stop.abort();
  call.request.signal.addEventListener("abort", abort, { once: true });
  const pod = resourceOf(call.params);
  const session = owner(call);
  const log = await call.runtime.live.logs(call.view, pod, options).catch((error: unknown) => {
    session.closed();
    throw error;
  });
  const check = async (): Promise<string | undefined> => (await session.check()) ?? (await lostLog(call.view, pod));
  return call.runtime.streams.bytes(log, abort, { ...session, check });
}

/** Why a log may not be read any more: a kubelet goes on sending to whoever has begun (GO-2024-3006). Never throws. */
export async function lostLog(
  { access }: ClusterView,
  { namespace = "", name }: ResourceRef,
): Promise<string | undefined> {
  const asked = { verb: "get", group: "", resource: "pods", subresource: "log", namespace, name };
  const [answer] = await access.review([asked]).catch(() => []);
  return answer?.allowed === false ? answer.reason : undefined;
}

/**
 * What a stream ends with: its request, its session, and the credentials when they stop working. Counts it. @throws ApiError 429
 * @param ended aborted, with the reason, when nothing may be sent any more: with the one cluster that it is about, unless told otherwise
 */
export function owner(
  { runtime, session, cluster, request }: Call<unknown>,
  ended: AbortSignal = cluster.ended,
): StreamOwner {
  return {
    signal: request.signal,
    closed: runtime.limits.stream(personOf(cluster)),
    sessionEnded: ended,
    check: async () => {
      // An open page counts as use; the lifetime of the session and of its credentials still holds.
      runtime.sessions.touch(session);
      const over = await checkSession(runtime, session);
      return over ?? (ended.aborted ? String(ended.reason) : undefined);
    },
  };
}

/**
 * Each `instance:sequence`. A browser's own reconnection repeats the URL and tells the newer sequence in `Last-Event-ID`, which is of one cluster
 * among several nobody knows which.
 */
function seenEvents(after: readonly string[], lastEventId: string | null): SeenEvent[] {
  const newer = after.length === 1 && lastEventId !== null && /^\d+$/.test(lastEventId) ? lastEventId : undefined;
  return after.flatMap((each) => {
    const [, instance, sequence] = /^(.+):(\d+)$/.exec(each) ?? [];
    return instance === undefined ? [] : [{ instance, sequence: Number(newer ?? sequence) }];
  });
}
