import { request as send } from "undici";
import type { Dispatcher } from "undici";
import { stringify } from "yaml";
import { createAuthenticator } from "./authenticator.ts";
import type { Authentication } from "./authenticator.ts";
import { KubeError } from "./client.ts";
import type { KubeClient, KubeRequest } from "./client.ts";
import type { ClusterCredentials } from "./credentials.ts";
import { errorOfAnswer, errorOfTransport } from "./kube-fault.ts";
import { createMasker } from "./redaction/masker.ts";
import type { Masker } from "./redaction/masker.ts";
import { createTransport } from "./transport.ts";

const defaultTimeout = 30_000;
/** The longest error body that is read. */
const errorLimit = 256 * 1024;

/**
 * A client of one API server with one person's credentials. The token travels in a header alone; redirects are not followed.
 * Give it the process's masker, so that values in its error messages get the same tokens as elsewhere.
 */
export function createKubeClient(
  credentials: ClusterCredentials,
  options: { masker?: Pick<Masker, "maskText"> } = {},
): KubeClient {
  const masker = options.masker ?? createMasker();
  const maskText = (text: string): string => masker.maskText(text);
  const authenticator = createAuthenticator(credentials);
  const transport = createTransport(credentials);

  async function attempt(
    request: KubeRequest,
    authentication: Authentication,
    kind: "requests" | "streams",
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const { method = "GET", body } = request;
    const response = await send(urlOf(credentials.server, request), {
      method,
      headers: headersOf(request, authentication, credentials),
      dispatcher: transport[kind](authentication),
      signal,
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    if (response.statusCode >= 200 && response.statusCode < 300) return response;
    const retryAfter = response.headers["retry-after"];
    const text = await readLimited(response.body, errorLimit);
    throw errorOfAnswer(response.statusCode, text, typeof retryAfter === "string" ? retryAfter : undefined, maskText);
  }

  /** One attempt, and a second one when somebody can renew what the server no longer takes. */
  async function answer(
    request: KubeRequest,
    kind: "requests" | "streams",
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const authentication = await authenticator.current();
    try {
      return await attempt(request, authentication, kind, signal);
    } catch (fault) {
      if (!(fault instanceof KubeError && fault.status === 401 && authenticator.renew(authentication))) throw fault;
      return await attempt(request, await authenticator.current(), kind, signal);
    }
  }

  return {
    server: credentials.server,
    async request<T>(request: KubeRequest): Promise<T> {
      const limit = timeLimit(request);
      try {
        const response = await answer(request, "requests", limit.signal);
        const text = await response.body.text();
        return (text === "" ? undefined : JSON.parse(text)) as T;
      } catch (fault) {
        throw limit.explain(fault, credentials.server, maskText);
      } finally {
        limit.clear();
      }
    },
    async stream(request: KubeRequest): Promise<AsyncIterable<Uint8Array>> {
      const limit = timeLimit(request);
      try {
        const response = await answer(request, "streams", limit.signal);
        limit.stopClock();
        return chunks(response.body, limit, (fault) => limit.explain(fault, credentials.server, maskText));
      } catch (fault) {
        limit.clear();
        throw limit.explain(fault, credentials.server, maskText);
      }
    },
    async kubeconfig(): Promise<string> {
      return kubeconfigOf(credentials, await authenticator.current());
    },
    close: () => transport.close(),
  };
}

interface TimeLimit {
  readonly signal: AbortSignal;
  stopClock(): void;
  clear(): void;
  explain(fault: unknown, server: string, maskText: (text: string) => string): unknown;
}

/** The caller's signal and the clock in one signal of our own: `AbortSignal.any` would hang on to a long-lived one. */
function timeLimit(request: KubeRequest): TimeLimit {
  const controller = new AbortController();
  const timeout = request.timeout ?? defaultTimeout;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeout);
  const outer = request.signal;
  const abort = (): void => controller.abort();
  if (outer?.aborted) abort();
  else outer?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    stopClock: () => clearTimeout(timer),
    clear() {
      clearTimeout(timer);
      outer?.removeEventListener("abort", abort);
    },
    explain(fault, server, maskText) {
      if (timedOut)
        return new KubeError(0, "Timeout", `The API server did not answer within ${Math.round(timeout / 1000)} s.`);
      if (outer?.aborted) return new KubeError(0, "Aborted", "The request was cancelled.");
      // What is not about the connection (a failed plugin, a body that is no JSON) keeps its own words.
      if (fault instanceof Error && fault.name === "CredentialError") return fault;
      if (fault instanceof SyntaxError)
        return new KubeError(0, "Unreachable", "The server's answer is not JSON: this is no Kubernetes API server.");
      return errorOfTransport(fault, server, maskText);
    },
  };
}

async function* chunks(
  body: AsyncIterable<unknown>,
  limit: TimeLimit,
  explain: (fault: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) if (chunk instanceof Uint8Array) yield chunk;
  } catch (fault) {
    throw explain(fault);
  } finally {
    limit.clear();
  }
}

function urlOf(server: string, { path, query }: KubeRequest): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) parameters.set(name, String(value));
  const search = parameters.toString();
  return `${server}${path}${search === "" ? "" : `?${search}`}`;
}

function headersOf(
  request: KubeRequest,
  { token }: Authentication,
  { impersonate }: ClusterCredentials,
): Record<string, string | string[]> {
  return {
    accept: request.accept ?? "application/json",
    "user-agent": "driftglass",
    ...(request.body === undefined ? {} : { "content-type": request.contentType ?? "application/json" }),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(impersonate ? { "impersonate-user": impersonate.user } : {}),
    ...(impersonate?.uid ? { "impersonate-uid": impersonate.uid } : {}),
    ...(impersonate?.groups?.length ? { "impersonate-group": [...impersonate.groups] } : {}),
    ...extraHeaders(impersonate?.extra),
  };
}

/** The API server lowers the names and undoes the escapes (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation). */
function extraHeaders(extra: Readonly<Record<string, readonly string[]>> = {}): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(extra).map(([name, values]) => [
      `impersonate-extra-${encodeURIComponent(name.toLowerCase())}`,
      [...values],
    ]),
  );
}

async function readLimited(body: AsyncIterable<unknown>, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    parts.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(parts).toString("utf8");
}

function kubeconfigOf(credentials: ClusterCredentials, { token, certificate, key }: Authentication): string {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const { cluster: name, server, ca, tlsServerName, skipTlsVerify, proxyUrl, impersonate, namespace } = credentials;
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "driftglass",
    clusters: [
      {
        name,
        cluster: {
          server,
          ...(ca ? { "certificate-authority-data": base64(ca) } : {}),
          ...(tlsServerName ? { "tls-server-name": tlsServerName } : {}),
          ...(skipTlsVerify ? { "insecure-skip-tls-verify": true } : {}),
          ...(proxyUrl ? { "proxy-url": proxyUrl } : {}),
        },
      },
    ],
    users: [
      {
        name: "person",
        user: {
          ...(token ? { token } : {}),
          ...(certificate && key
            ? { "client-certificate-data": base64(certificate), "client-key-data": base64(key) }
            : {}),
          ...(impersonate ? { as: impersonate.user } : {}),
          ...(impersonate?.uid ? { "as-uid": impersonate.uid } : {}),
          ...(impersonate?.groups?.length ? { "as-groups": [...impersonate.groups] } : {}),
          ...(impersonate?.extra ? { "as-user-extra": impersonate.extra } : {}),
        },
      },
    ],
    contexts: [{ name: "driftglass", context: { cluster: name, user: "person", ...(namespace ? { namespace } : {}) } }],
  });
}
