import type { LoginRequest } from "#lib/api/session-contract.ts";
import { apiError, type ApiError } from "#lib/api/errors.ts";
import {
  credentialsFromKubeconfig,
  credentialsFromLocal,
  credentialsFromToken,
  type ClusterCredentials,
} from "#server/kube/credentials.ts";
import type { Identity } from "#server/kube/identity.ts";
import { holdsLaunchProof } from "./launch.ts";
import { isKubeFault } from "./problem.ts";
import { proxyUserOf, type ProxyUser } from "./proxy-user.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import type { Recognised } from "./session.ts";
import { tokenExpiry } from "./token-expiry.ts";

/** Finds the credentials of a login and asks their cluster whose they are. @throws ApiError, CredentialError */
export async function recognise(login: LoginRequest, request: Request, runtime: HttpRuntime): Promise<Recognised> {
  const { credentials, proxyUser } = await credentialsOf(login, request, runtime);
  const identity = await identityOf(credentials, runtime);
  if (proxyUser && identity.username !== proxyUser.user)
    throw apiError(502, "cluster-error", `${credentials.cluster} did not act as the person whom the proxy names.`);
  const expiresAt = tokenExpiry(credentials.token);
  return {
    credentials,
    identity,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(proxyUser === undefined ? {} : { proxyUser }),
  };
}

async function credentialsOf(
  login: LoginRequest,
  request: Request,
  runtime: HttpRuntime,
): Promise<{ credentials: ClusterCredentials; proxyUser?: ProxyUser }> {
  const { logins } = runtime;
  if ("token" in login) {
    const endpoint = (await logins.tokenClusters()).find(
      ({ cluster }) => login.cluster === undefined || cluster === login.cluster,
    );
    if (!endpoint)
      throw apiError(422, "no-token-cluster", "This Driftglass does not know which cluster a token alone is for.", {
        hint: "Log in with a kubeconfig.",
      });
    return { credentials: credentialsFromToken(login.token, endpoint) };
  }
  if ("kubeconfig" in login) {
    // Never as `local`, not even in local mode: whoever reaches the port could have a program run by an uploaded kubeconfig.
    const credentials = await credentialsFromKubeconfig(login.kubeconfig, {
      ...(login.context === undefined ? {} : { context: login.context }),
      ...(logins.allowServer ? { allowServer: logins.allowServer } : {}),
      ...(logins.checkAddresses ? { checkAddresses: true } : {}),
    });
    return { credentials };
  }
  if ("proxy" in login) {
    const proxyUser = proxyUserOf(request, runtime.config);
    if (!proxyUser)
      throw apiError(403, "no-proxy", "No proxy that this Driftglass trusts has said who you are.", {
        hint: "Open Driftglass through the proxy that logs you in, or log in another way.",
      });
    return { credentials: await logins.impersonating(proxyUser), proxyUser };
  }
  const document = runtime.config.mode === "local" ? await logins.localKubeconfig() : undefined;
  if (!document)
    throw apiError(422, "not-local", "This Driftglass does not run on your machine and has no contexts of yours.", {
      hint: "Log in with a token or a kubeconfig.",
    });
  if (!holdsLaunchProof(request, runtime))
    throw apiError(403, "launch-required", "This browser has not shown that you started this Driftglass.", {
      hint: "Open the link that Driftglass printed when it was started, or log in with a token or a kubeconfig.",
    });
  return { credentials: await credentialsFromLocal(document, login.context) };
}

/** Who it is; each way of failing says its own cause and next step. */
export async function identityOf(credentials: ClusterCredentials, runtime: HttpRuntime): Promise<Identity> {
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
  { cluster, server, impersonate }: ClusterCredentials,
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
  if (error.status === 403 && impersonate) {
    return apiError(403, "may-not-impersonate", `${cluster} does not let these credentials act as you.`, {
      detail: error.message,
      hint: "Whoever runs the cluster must allow it to impersonate you and each of your groups.",
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
