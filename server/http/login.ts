import { loginRequestSchema } from "#lib/api/session-contract.ts";
import { apiError } from "#lib/api/errors.ts";
import type { Call, OpenCall } from "./guard.ts";
import { recognise } from "./login-credentials.ts";
import { joinCluster, openSession } from "./open-session.ts";
import { clientAddress } from "./peer.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import { sessionAnswer } from "./session-answer.ts";

/** `POST /api/v1/session`: logs in with a token, a kubeconfig, a local context, or as whom the proxy names. */
export async function logIn(call: OpenCall<unknown>): Promise<Response> {
  const { request, runtime } = call;
  const login = await call.json(loginRequestSchema);
  const recognised = await throttled(request, runtime, () => recognise(login, request, runtime));
  const { session, cookie } = await openSession(request, runtime, [recognised]);
  return Response.json(sessionAnswer(session), { status: 201, headers: { "Set-Cookie": cookie } });
}

/** `POST /api/v1/clusters`: logs the session in to one more cluster, in the same ways. */
export async function addCluster(call: Call<unknown>): Promise<Response> {
  const { request, runtime, session } = call;
  const login = await call.json(loginRequestSchema);
  const recognised = await throttled(request, runtime, () => recognise(login, request, runtime));
  await joinCluster(runtime, session, recognised);
  return Response.json(sessionAnswer(session), { status: 201 });
}

/** `DELETE /api/v1/clusters/{name}`: logs out of one cluster. */
export async function removeCluster({ runtime, session, params }: Call<{ name: string }>): Promise<Response> {
  const cluster = session.clusters.get(params.name);
  if (!cluster) throw apiError(404, "unknown-cluster", "You are not logged in to a cluster of this name.");
  const tokens = cluster.credentials.tokens;
  // Clusters of one login at an identity provider have its tokens in common.
  const shared = [...session.clusters.values()].some((each) => each !== cluster && each.credentials.tokens === tokens);
  runtime.sessions.leave(session, cluster, "You logged out of this cluster.");
  runtime.sessions.forget(session, cluster.name);
  if (!shared) await tokens?.revoke?.();
  await runtime.shared?.settled(session);
  return new Response(null, { status: 204 });
}

/** Runs a login unless there were too many failed ones; one that fails counts. @throws ApiError 429 */
export async function throttled<T>(request: Request, runtime: HttpRuntime, login: () => Promise<T>): Promise<T> {
  const address = clientAddress(request, runtime.config);
  const wait = runtime.throttle.wait(address);
  if (wait > 0) {
    throw apiError(429, "throttled", "There were too many failed logins.", {
      hint: `Try again in ${wait} s.`,
      retryAfter: wait,
    });
  }
  // Counted before it is tried, so that many at once can't slip through.
  runtime.throttle.attempt(address);
  const done = await login();
  runtime.throttle.succeeded(address);
  return done;
}
