import { isApiError, problem } from "#lib/api/errors.ts";
import type { Problem } from "#lib/api/problem-contract.ts";

/** An error of the API server, known by its shape: see `isApiError` for why not by its class. */
interface KubeFault extends Error {
  readonly status: number;
  readonly reason: string;
  readonly retryAfter: number | undefined;
}

/** Whether an error came from the API server or the way to it. */
export function isKubeFault(error: unknown): error is KubeFault {
  return (
    error instanceof Error && error.name === "KubeError" && typeof (error as Partial<KubeFault>).status === "number"
  );
}

/** A fault of credentials that were sent, known by its shape. */
interface CredentialFault extends Error {
  readonly code: string;
  readonly hint: string;
  readonly contexts?: readonly string[];
}

/** Whether an error is about the credentials that somebody sent. */
export function isCredentialFault(error: unknown): error is CredentialFault {
  return (
    error instanceof Error &&
    error.name === "CredentialError" &&
    typeof (error as Partial<CredentialFault>).code === "string"
  );
}

/** The problem of credentials that can't be used. */
function credentialProblem(error: CredentialFault): Problem {
  const contexts = error.contexts && error.contexts.length > 0 ? { contexts: [...error.contexts] } : {};
  return problem(422, error.code, error.message, { hint: error.hint, ...contexts });
}

/** What reading a named thing answers when it is not there, and when this person may not read it: the same. */
export function notFound(): Problem {
  return problem(404, "not-found", "Not found, or you may not read it.", {
    hint: "Look at the name and the namespace, or ask for the permission to read it.",
  });
}

/** What a call without a session answers. */
export function unauthenticated(detail?: string): Problem {
  return problem(401, "unauthenticated", "You are not logged in.", {
    ...(detail === undefined ? {} : { detail }),
    hint: "Log in again.",
  });
}

/**
 * The problem of any error that a handler throws.
 *
 * @param reads true for reads, where 403 and 404 must not be told apart (CVE-2024-36106: existence revealed by the error); a person who
 * asks for a change sees what it is about already and is told which permission is missing.
 */
export function problemFor(error: unknown, reads: boolean): Problem {
  if (isApiError(error)) return error.problem;
  if (isKubeFault(error)) return kubeProblem(error, reads);
  if (isCredentialFault(error)) return credentialProblem(error);
  return problem(500, "internal", "Driftglass failed at this request.", {
    hint: "The server's log has the cause under the request id.",
  });
}

function kubeProblem(error: KubeFault, reads: boolean): Problem {
  const retry = error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter };
  switch (error.status) {
    case 0:
      return problem(503, "unavailable", "The cluster's API server does not answer.", {
        detail: error.message,
        hint: "Driftglass goes on trying. Look whether the cluster can be reached from where Driftglass runs.",
        ...retry,
      });
    case 401:
      return unauthenticated("The cluster does not take your credentials any more.");
    case 403:
      return reads
        ? notFound()
        : problem(403, "forbidden", "You may not do this.", {
            detail: error.message,
            hint: "Ask for this permission in the cluster's RBAC.",
          });
    case 404:
      return reads ? notFound() : problem(404, "not-found", "It is not there any more.", { detail: error.message });
    case 409:
      return problem(409, "conflict", "Somebody else changed it at the same time.", {
        detail: error.message,
        hint: "Look at it again and repeat.",
      });
    case 400:
    case 405:
    case 422:
      return problem(422, "invalid", "The cluster refused the request.", { detail: error.message });
    case 429:
      return problem(503, "busy", "The cluster's API server is busy.", {
        detail: error.message,
        retryAfter: error.retryAfter ?? 1,
      });
    default:
      return problem(502, "cluster-error", "The cluster's API server failed.", { detail: error.message, ...retry });
  }
}

/** Sends a problem. */
export function problemResponse(content: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(content), {
    status: content.status,
    headers: {
      "Content-Type": "application/problem+json",
      ...(content.retryAfter === undefined ? {} : { "Retry-After": String(Math.ceil(content.retryAfter)) }),
      ...headers,
    },
  });
}
