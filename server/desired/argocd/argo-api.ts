import { Agent, request } from "undici";
import { fields, text } from "#lib/model/health/fields.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import { ArgoFault } from "./argo-fault.ts";

/** Argo CD's API server of one cluster, as the operator has configured it: nobody else names an address that Driftglass connects to. */
export interface ArgoServer {
  readonly url: URL;
  /** PEM; without it the system's authorities count. */
  readonly ca?: string;
}

/** Asks Argo CD's API server for JSON with one person's token. @throws ArgoFault */
export type ArgoApi = (
  path: string,
  query?: readonly (readonly [string, string])[],
  signal?: AbortSignal,
) => Promise<unknown>;

const timeout = 30_000;
/** Manifests of a large application are a few MiB. */
const maxSize = 64 * 1024 * 1024;

/**
 * A way to ask one Argo CD API server with one token, which travels in a header alone. Redirects are not followed, answers are limited in time
 * and size. Close it when it is not needed any more.
 */
export function createArgoApi(
  { url, ca }: ArgoServer,
  token: string,
  masker: Pick<Masker, "maskText">,
): { readonly ask: ArgoApi; readonly close: () => Promise<void> } {
  const agent = new Agent({
    connections: 4,
    maxResponseSize: maxSize,
    connect: { timeout: 10_000, ...(ca === undefined ? {} : { ca }) },
  });
  const ask: ArgoApi = async (path, query = [], signal) => {
    const target = new URL(`${url.pathname.replace(/\/$/, "")}${path}`, url);
    for (const [name, value] of query) target.searchParams.append(name, value);
    const limit = AbortSignal.timeout(timeout);
    let status: number;
    let body: unknown;
    try {
      const answer = await request(target, {
        dispatcher: agent,
        headers: { authorization: `Bearer ${token}`, accept: "application/json" },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      status = answer.statusCode;
      body = parse(await answer.body.text());
    } catch (error) {
      signal?.throwIfAborted();
      throw new ArgoFault("unreachable", `Argo CD's API server can't be reached (${reasonOf(error)}).`);
    }
    if (status >= 200 && status < 300 && body !== undefined) return body;
    throw faultOf(status, masker.maskText(text(fields(body)["message"])));
  };
  return { ask, close: () => agent.destroy() };
}

function faultOf(status: number, message: string): ArgoFault {
  if (status === 401)
    return /expired/i.test(message)
      ? new ArgoFault("expired", "The token for Argo CD has expired.")
      : new ArgoFault("refused", "Argo CD does not accept the token (any more).");
  // It answers 404 or 403 for what a person may not see, as its version likes.
  if (status === 403 || status === 404)
    return new ArgoFault("forbidden", "Argo CD does not let the account of this token read the application.");
  return new ArgoFault("unexpected", `Argo CD's API server answered ${status}${message === "" ? "" : `: ${message}`}.`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** The code of a transport's error; its message may name addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return `no answer within ${timeout / 1000} s`;
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no answer";
}
