import { randomUUID } from "node:crypto";
import type { ZodType } from "zod";
import { ApiError, apiError } from "#lib/api/errors.ts";
import { everyCluster } from "#lib/model/every-cluster.ts";
import type { ClusterView } from "#server/view/view.ts";
import { readJson, requireJson } from "./body.ts";
import { sessionIdOf } from "./cookie.ts";
import { requireOwnHost, requireSameOrigin } from "./origin.ts";
import { isSameProxyUser, proxyUserOf } from "./proxy-user.ts";
import { isKubeFault, problemFor, problemResponse, unauthenticated } from "./problem.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import { locate, movedResponse, type Located } from "./replicas/locate.ts";
import { unavailable } from "./replicas/refusals.ts";
import { movedReason } from "#server/stream/hub.ts";
import type { Session, SessionCluster } from "./session.ts";
import { personOf } from "./replicas/session-head.ts";
import { checkSession, leaveIfRefused, replaceView, requireWorkingView } from "./validity.ts";

/** What a handler without a session gets. */
export interface OpenCall<P> {
  readonly request: Request;
  readonly url: URL;
  /** The path's parameters, decoded. */
  readonly params: P;
  readonly runtime: HttpRuntime;
  readonly requestId: string;
  /** The body, checked. @throws ApiError 400, 413, 422 */
  readonly json: <T>(schema: ZodType<T>) => Promise<T>;
}

/** What a handler with a session gets. */
export interface Call<P> extends OpenCall<P> {
  readonly session: Session;
  readonly cluster: SessionCluster;
  readonly view: ClusterView;
  /** With `?cluster=*` all of the session's, else the one. */
  readonly clusters: readonly SessionCluster[];
}

/** How a route is guarded beyond its session. */
export interface GuardOptions {
  /** Changes something: needs a same-origin request, and a JSON body unless it is a DELETE. */
  readonly mutation?: boolean;
  /** Can answer for all clusters at once: takes `?cluster=*`. */
  readonly everyCluster?: boolean;
}

/** A route handler as Next.js calls it. */
export type RouteHandler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** On each guarded handler: `session` or `open`. A test looks for it on every route (CVE-2025-55190: an endpoint that answered without checking). */
export const guardMark: unique symbol = Symbol.for("driftglass.guard");

/** A handler that has gone through a guard. */
export type GuardedHandler<P> = RouteHandler<P> & { readonly [guardMark]: "session" | "open" };

/** The two ways in. */
export interface Guard {
  /** For everything about a cluster: needs a session whose credentials still work, and picks the cluster by `?cluster=`. */
  readonly guarded: <P = unknown>(
    handler: (call: Call<P>) => Promise<Response>,
    options?: GuardOptions,
  ) => GuardedHandler<P>;
  /** For the few public routes: logging in, the ways to do so, the API's description. */
  readonly open: <P = unknown>(
    handler: (call: OpenCall<P>) => Promise<Response>,
    options?: GuardOptions,
  ) => GuardedHandler<P>;
}

/** Makes the guard of one runtime, which is started when the first request comes if it was not before. */
export function createGuard(provide: () => Promise<HttpRuntime>): Guard {
  const enter = <P>(
    kind: "session" | "open",
    options: GuardOptions,
    handle: (call: OpenCall<P>) => Promise<Response>,
  ): GuardedHandler<P> => {
    const route: RouteHandler<P> = async (incoming, context) => {
      const runtime = await provide();
      const request = (await runtime.forwarder?.arrived(incoming)) ?? incoming;
      const requestId = randomUUID();
      const response = await answer(options, requestId, async () => {
        requireOwnHost(request, runtime.config);
        if (options.mutation) requireChange(request, runtime);
        const params = decodeParams(await context.params);
        return handle({
          request,
          url: new URL(request.url),
          params,
          runtime,
          requestId,
          json: (schema) => readJson(request, schema),
        });
      });
      runtime.forwarder?.sign(request, response);
      runtime.metrics.answered(request.method, response.status);
      return response;
    };
    return Object.assign(route, { [guardMark]: kind } as const);
  };
  return {
    open: (handler, options = {}) => enter("open", options, handler),
    guarded: (handler, options = {}) =>
      enter("session", options, async (open) => {
        const located = await sessionOf(open.request, open.runtime);
        if (located.response) return located.response;
        const { session, request } = located;
        const call = { ...open, request, json: <T>(schema: ZodType<T>) => readJson(request, schema) };
        const all = options.everyCluster === true && call.url.searchParams.get("cluster") === everyCluster;
        const once = async (): Promise<Response> => {
          const cluster = all ? named(session, session.cluster) : clusterOf(session, call.url);
          const clusters = all ? [...session.clusters.values()] : [cluster];
          if (options.mutation) await requireWorkingView(cluster);
          return await handler({ ...call, session, cluster, clusters, view: cluster.lease.view });
        };
        const person = personOf(named(session, session.cluster));
        const run = (): Promise<Response> => call.runtime.limits.work(person, request.signal, once);
        try {
          return await run();
        } catch (error) {
          await requireRecognition(error, call, session);
          if (options.mutation || all) throw unrecognised(error);
        }
        // The credentials are good after all. What only reads is read again, and once more with a view that was opened with them: the one that
        // there is may have been opened with those of somebody who has logged out since.
        try {
          return await run();
        } catch (error) {
          if (!isRefused(error)) throw error;
          await replaceView(clusterOf(session, call.url));
        }
        return await run().catch((error: unknown) => Promise.reject(unrecognised(error)));
      }),
  };
}

async function answer(options: GuardOptions, requestId: string, handle: () => Promise<Response>): Promise<Response> {
  let response: Response;
  try {
    response = await handle();
  } catch (error) {
    const content = { ...problemFor(error, !options.mutation), requestId };
    if (content.status === 500)
      console.error(
        `[driftglass] request ${requestId} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    // The cookie is left alone even when its session is over: by the time this answer arrives the browser may hold the cookie of a new login, whoever's
    // that is, and taking a cookie away goes by its name. The old one is worth nothing and ends with its lifetime.
    response = problemResponse(content);
  }
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
  if (!response.headers.has("X-Request-Id")) response.headers.set("X-Request-Id", requestId);
  return response;
}

function requireChange(request: Request, runtime: HttpRuntime): void {
  requireSameOrigin(request, runtime.config);
  if (request.method !== "DELETE") requireJson(request);
}

/** Throws what a handler has thrown, unless it is a 401 that the cluster takes back when it is asked for these credentials. */
async function requireRecognition(error: unknown, call: OpenCall<unknown>, session: Session): Promise<void> {
  if (!isRefused(error)) throw error;
  if ((await refusedBy(call, session)) === undefined) return;
  // The cluster has spoken: the credentials are worth nothing any more.
  if (!session.ended.aborted) throw clusterLost(session, call.url);
  throw error;
}

function isRefused(error: unknown): boolean {
  return isKubeFault(error) && error.status === 401;
}

/** A 401 in spite of good credentials is no reason to log in again. */
function unrecognised(error: unknown): unknown {
  if (!isRefused(error)) return error;
  return apiError(503, "unavailable", "The cluster's API server did not recognise you for a moment.", {
    hint: "It may just have been started. Try again.",
    retryAfter: 1,
  });
}

/** Why the credentials that a request has used are refused, having left their cluster; undefined when they are good after all. */
async function refusedBy({ runtime, url }: OpenCall<unknown>, session: Session): Promise<string | undefined> {
  const asked = url.searchParams.get("cluster");
  const clusters = asked === everyCluster ? [...session.clusters.values()] : [clusterOf(session, url)];
  const reasons = await Promise.all(clusters.map((cluster) => leaveIfRefused(runtime, session, cluster)));
  return reasons.find((reason) => reason !== undefined);
}

/** The session of a request, or the answer of the replica that serves it. @throws ApiError 401 */
async function sessionOf(request: Request, runtime: HttpRuntime): Promise<Located> {
  const cookie = sessionIdOf(request);
  if (!cookie) throw new ApiError(unauthenticated());
  const located = await locateSession(request, runtime, cookie);
  const { session } = located;
  if (!session) return located;
  leaveOthersClusters(request, runtime, session);
  const over = await checkSession(runtime, session);
  if (over === undefined) return located;
  if (over !== movedReason) throw new ApiError(unauthenticated(over));
  if (runtime.forwarder?.hasArrived(request)) return { response: movedResponse() };
  throw unavailable(movedReason);
}

async function locateSession(
  request: Request,
  runtime: HttpRuntime,
  cookie: { readonly id: string; readonly secure: boolean },
): Promise<Located> {
  const { sessions, shared, forwarder } = runtime;
  const session = sessions.find(cookie.id, cookie.secure);
  if (session) return { session, request };
  const reason = sessions.reasonOf(cookie.id);
  if (!shared || !forwarder || reason !== undefined) throw new ApiError(unauthenticated(reason));
  return await locate({ shared, forwarder }, request, cookie);
}

/** Where a proxy logs people in, it names them with every request: somebody else's session is not gone on with. */
function leaveOthersClusters(request: Request, runtime: HttpRuntime, session: Session): void {
  for (const cluster of session.clusters.values())
    if (cluster.proxyUser && !isSameProxyUser(cluster.proxyUser, proxyUserOf(request, runtime.config)))
      runtime.sessions.leave(session, cluster, "The proxy in front of Driftglass does not name you any more.");
}

function clusterOf(session: Session, url: URL): SessionCluster {
  return named(session, url.searchParams.get("cluster") ?? session.cluster, url);
}

function named(session: Session, name: string, url?: URL): SessionCluster {
  const cluster = session.clusters.get(name);
  if (cluster) return cluster;
  if (url && session.lost.has(name)) throw clusterLost(session, url);
  throw apiError(404, "unknown-cluster", "You are not logged in to a cluster of this name.", {
    hint: "Leave `cluster` out, or log in to it.",
  });
}

/** The session goes on in its other clusters, so this is not `unauthenticated`, which tells the page that it is over. */
function clusterLost(session: Session, url: URL): ApiError {
  const name = url.searchParams.get("cluster") ?? session.cluster;
  return apiError(401, "cluster-lost", `You are no longer logged in to ${name}.`, {
    detail: session.lost.get(name)?.reason ?? "The cluster does not take the credentials any more.",
    hint: "Log in to it again.",
  });
}

/** Next.js gives path parameters as they stand in the URL. @throws ApiError 404 for broken escapes. */
function decodeParams<P>(params: P): P {
  if (typeof params !== "object" || params === null) return params;
  try {
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === "string" ? decodeURIComponent(value) : value,
      ]),
    ) as P;
  } catch {
    throw apiError(404, "not-found", "There is no such path.");
  }
}
