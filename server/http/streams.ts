import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { StreamOwner } from "#server/stream/hub.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Call } from "./guard.ts";
import { logQuery } from "./log-query.ts";
import { resourceOf, type ResourceParams } from "./path.ts";
import { personOf } from "./replicas/session-head.ts";
import { checkSession } from "./validity.ts";

/** `GET /api/v1/events`: the view's events; `?after=<instance>:<sequence>` goes on where an earlier connection ended. */
export function eventStream(call: Call<unknown>): Response {
  const after = resumePoint(call.url.searchParams.get("after"), call.request.headers.get("last-event-id"));
  return call.runtime.streams.events({ view: call.view, ...owner(call), ...(after ? { after } : {}) });
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

/** What a stream ends with: its request, its session, and the credentials when they stop working. Counts it. @throws ApiError 429 */
export function owner({ runtime, session, cluster, request }: Call<unknown>): StreamOwner {
  return {
    signal: request.signal,
    closed: runtime.limits.stream(personOf(cluster)),
    sessionEnded: cluster.ended,
    check: async () => {
      // An open page counts as use; the lifetime of the session and of its credentials still holds.
      runtime.sessions.touch(session);
      const over = await checkSession(runtime, session);
      return over ?? (cluster.ended.aborted ? String(cluster.ended.reason) : undefined);
    },
  };
}

/** `instance:sequence`; the browser's own reconnection repeats the URL and tells the newer sequence in `Last-Event-ID`. */
function resumePoint(
  after: string | null,
  lastEventId: string | null,
): { instance: string; sequence: number } | undefined {
  const match = /^(.+):(\d+)$/.exec(after ?? "");
  if (!match?.[1] || !match[2]) return undefined;
  const newer = lastEventId !== null && /^\d+$/.test(lastEventId) ? lastEventId : match[2];
  return { instance: match[1], sequence: Number(newer) };
}
