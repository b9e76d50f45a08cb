import { loginRequestSchema, type LoginOptions, type LoginRequest } from "#lib/api/contract.ts";
import { ApiError, apiError } from "#lib/api/errors.ts";
import {
  credentialsFromKubeconfig,
  credentialsFromLocal,
  credentialsFromToken,
  type ClusterCredentials,
} from "#server/kube/credentials.ts";
import type { Identity } from "#server/kube/identity.ts";
import { contextsOf } from "#server/kube/kubeconfig-document.ts";
import type { ClusterView } from "#server/view/view.ts";
import { sessionCookie, sessionIdOf } from "./cookie.ts";
import type { OpenCall } from "./guard.ts";
import { isSecure } from "./origin.ts";
import { isCredentialFault, isKubeFault } from "./problem.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import { sessionAnswer } from "./session-answer.ts";
import type { SessionCluster } from "./sessions.ts";
import { tokenExpiry } from "./token-expiry.ts";
import { followView } from "./validity.ts";

/** `POST /api/v1/session`: logs in with a token, a kubeconfig or a local context. A session that the browser had is ended. */
export async function logIn(call: OpenCall<unknown>): Promise<Response> {
  const { request, runtime } = call;
  const login = await call.json(loginRequestSchema);
  const address = addressOf(request);
  const wait = runtime.throttle.wait(address);
  if (wait > 0) {
    throw apiError(429, "throttled", "There were too many failed logins.", {
      hint: `Try again in ${wait} s.`,
      retryAfter: wait,
    });
  }
  const credentials = await credentialsOf(login, runtime);
  runtime.throttle.attempt(address);
  const identity = await identityOf(credentials, runtime);
  runtime.throttle.succeeded(address);

  const old = sessionIdOf(request);
  const oldSession = old && runtime.sessions.find(old.id, old.secure);
  if (oldSession) runtime.sessions.end(oldSession, "You logged in anew.");

  const lease = await runtime.views.acquire(credentials, identity);
  const version = await versionOf(lease.view);
  const cluster: SessionCluster = {
    name: credentials.cluster,
    credentials,
    identity,
    lease,
    ...(version === undefined ? {} : { version }),
  };
  const expiry = tokenExpiry(credentials.token);
  const secure = isSecure(request, runtime.config);
  const { id, session } = runtime.sessions.create({
    clusters: [cluster],
    secure,
    ...(expiry === undefined ? {} : { credentialsExpireAt: expiry }),
  });
  void followView(runtime, session, cluster);
  const lifetime = (session.expiresAt - runtime.clock.now()) / 1000;
  return Response.json(sessionAnswer(session), {
    status: 201,
    headers: { "Set-Cookie": sessionCookie(id, secure, lifetime) },
  });
}

/** `GET /api/v1/login-options`: what the login page offers. Never fails for a kubeconfig that can't be read: it says why instead. */
export async function loginOptions(runtime: HttpRuntime): Promise<LoginOptions> {
  const endpoint = await runtime.logins.tokenCluster().catch(() => undefined);
  const tokenCluster = endpoint ? { tokenCluster: { name: endpoint.cluster, server: endpoint.server } } : {};
  try {
    const document = await runtime.logins.localKubeconfig();
    return {
      contexts: document ? contextsOf(document).map(({ name, cluster, current }) => ({ name, cluster, current })) : [],
      ...tokenCluster,
    };
  } catch (error) {
    if (!isCredentialFault(error)) throw error;
    return { contexts: [], ...tokenCluster, message: `${error.message} ${error.hint}` };
  }
}

async function credentialsOf(login: LoginRequest, runtime: HttpRuntime): Promise<ClusterCredentials> {
  const { logins } = runtime;
  if ("token" in login) {
    const endpoint = await logins.tokenCluster();
    if (!endpoint)
      throw apiError(422, "no-token-cluster", "This Driftglass does not know which cluster a token alone is for.", {
        hint: "Log in with a kubeconfig.",
      });
    return credentialsFromToken(login.token, endpoint);
  }
  if ("kubeconfig" in login) {
    // Never as `local`, not even in local mode: whoever reaches the port could have a program run by an uploaded kubeconfig.
    return credentialsFromKubeconfig(login.kubeconfig, {
      ...(login.context === undefined ? {} : { context: login.context }),
      ...(logins.allowServer ? { allowServer: logins.allowServer } : {}),
      ...(logins.checkAddresses ? { checkAddresses: true } : {}),
    });
  }
  const document = runtime.config.mode === "local" ? await logins.localKubeconfig() : undefined;
  if (!document)
    throw apiError(422, "not-local", "This Driftglass does not run on your machine and has no contexts of yours.", {
      hint: "Log in with a token or a kubeconfig.",
    });
  return credentialsFromLocal(document, login.context);
}

/** Who it is; each way of failing says its own cause and next step. */
async function identityOf(credentials: ClusterCredentials, runtime: HttpRuntime): Promise<Identity> {
  let identity: Identity;
  try {
    identity = await runtime.logins.identify(credentials);
  } catch (error) {
    throw isKubeFault(error) ? loginError(error, credentials) : error;
  }
  if (identity.username === "")
    throw apiError(422, "anonymous", "The cluster does not know who these credentials belong to.");
  return identity;
}

function loginError(
  error: { status: number; message: string; retryAfter: number | undefined },
  { cluster, server }: ClusterCredentials,
): ApiError {
  if (error.status === 0) {
    return apiError(503, "unreachable", `The API server of ${cluster} can't be reached.`, {
      detail: `${server}: ${error.message}`,
      hint: "Check the server's address and certificate authority, and that it can be reached from where Driftglass runs.",
    });
  }
  if (error.status === 401) {
    return apiError(401, "wrong-credentials", `${cluster} does not accept these credentials.`, {
      detail: error.message,
      hint: "They may have expired, or belong to another cluster. Make new ones, such as by `kubectl create token NAME -n NAMESPACE`.",
    });
  }
  if (error.status === 404) {
    return apiError(
      502,
      "unsupported-cluster",
      `${server} does not answer as a Kubernetes API server of version 1.28 or newer.`,
      { detail: error.message, hint: "Check the server's address." },
    );
  }
  return apiError(502, "cluster-error", `${cluster} could not check these credentials.`, {
    detail: error.message,
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
  });
}

async function versionOf(view: ClusterView): Promise<string | undefined> {
  try {
    return (await view.client.request<{ gitVersion?: string }>({ path: "/version", timeout: 3000 })).gitVersion;
  } catch {
    return undefined;
  }
}

/** The nearest address that is known. The last entry is what the nearest proxy (or Next.js itself) saw; earlier ones may be forged. */
function addressOf(request: Request): string {
  return request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
