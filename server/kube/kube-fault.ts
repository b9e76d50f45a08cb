import { isRecord, parseJsonObject } from "./redaction/json.ts";
import { KubeError } from "./client.ts";

/** The error that an answer other than 2xx stands for: its Status body's words, masked. */
export function errorOfAnswer(
  status: number,
  body: string,
  retryAfterHeader: string | undefined,
  maskText: (text: string) => string,
): KubeError {
  const answer = parseJsonObject(body);
  const retryAfter = seconds(retryAfterHeader) ?? secondsOfDetails(answer);
  if (answer && typeof answer["message"] === "string") {
    const reason =
      typeof answer["reason"] === "string" && answer["reason"] !== "" ? answer["reason"] : reasonOf(status);
    return new KubeError(status, reason, maskText(answer["message"]), retryAfter);
  }
  const text = body.startsWith("<") ? "" : maskText(body.trim()).slice(0, 300);
  return new KubeError(status, reasonOf(status), text || `The API server answered ${status}.`, retryAfter);
}

/** The error of a Status object that came inside of a watch. */
export function errorOfStatus(object: unknown, maskText: (text: string) => string): KubeError {
  const status = isRecord(object) && typeof object["code"] === "number" ? object["code"] : 500;
  return errorOfAnswer(status, JSON.stringify(object ?? {}), undefined, maskText);
}

/** The error of a connection that failed; what an HTTP client throws says little, its cause's code says more. */
export function errorOfTransport(fault: unknown, server: string, maskText: (text: string) => string): KubeError {
  if (fault instanceof KubeError) return fault;
  const code = codeOf(fault);
  const host = URL.parse(server)?.host ?? server;
  const words = described[code];
  if (words) return new KubeError(0, words[0], words[1].replace("HOST", host));
  if (/CERT|SSL|TLS|SIGNATURE|_CA/.test(code)) {
    return new KubeError(0, "Untrusted", `No trusted connection to ${host} could be made (${code}).`);
  }
  const message = fault instanceof Error ? maskText(fault.message).slice(0, 300) : "";
  return new KubeError(
    0,
    "Unreachable",
    `The connection to ${host} failed${code || message ? ` (${code || message})` : ""}.`,
  );
}

const described: Readonly<Record<string, readonly [reason: string, message: string]>> = {
  ECONNREFUSED: ["Unreachable", "HOST refuses connections: the API server is not running there."],
  ENOTFOUND: ["Unreachable", "The host name of HOST can't be resolved."],
  EAI_AGAIN: ["Unreachable", "The host name of HOST can't be resolved now."],
  EHOSTUNREACH: ["Unreachable", "There is no way to HOST from here."],
  ENETUNREACH: ["Unreachable", "There is no way to HOST from here."],
  ECONNRESET: ["Unreachable", "HOST closed the connection."],
  EPIPE: ["Unreachable", "HOST closed the connection."],
  UND_ERR_SOCKET: ["Unreachable", "HOST closed the connection."],
  UND_ERR_CONNECT_TIMEOUT: ["Timeout", "HOST does not answer."],
  ETIMEDOUT: ["Timeout", "HOST does not answer."],
  UND_ERR_BODY_TIMEOUT: ["Timeout", "HOST stopped answering."],
  UND_ERR_DESTROYED: ["Aborted", "The client has been closed."],
  UND_ERR_CLOSED: ["Aborted", "The client has been closed."],
  UND_ERR_ABORTED: ["Aborted", "The request was cancelled."],
  ABORT_ERR: ["Aborted", "The request was cancelled."],
  SELF_SIGNED_CERT_IN_CHAIN: [
    "Untrusted",
    "The certificate of HOST is not signed by a trusted authority; the kubeconfig's certificate-authority-data may be of another cluster.",
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["Untrusted", "The certificate of HOST is self-signed and not trusted."],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "Untrusted",
    "The certificate of HOST is not signed by a trusted authority; the kubeconfig's certificate-authority-data may be of another cluster.",
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["Untrusted", "The certificate of HOST is not signed by a trusted authority."],
  CERT_SIGNATURE_FAILURE: [
    "Untrusted",
    "The certificate of HOST is signed by another authority than the one that is trusted.",
  ],
  CERT_HAS_EXPIRED: ["Untrusted", "The certificate of HOST has expired."],
  ERR_TLS_CERT_ALTNAME_INVALID: ["Untrusted", "The certificate of HOST is for another host name."],
};

function codeOf(fault: unknown): string {
  for (let at: unknown = fault, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at.name === "AbortError") return "ABORT_ERR";
    if (at instanceof AggregateError && at.errors[0] instanceof Error) return codeOf(at.errors[0]);
  }
  return "";
}

/** Retry-After in seconds; the API server never sends a date. */
function seconds(value: string | undefined): number | undefined {
  const parsed = value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(parsed) && parsed >= 0 ? parsed : undefined;
}

function secondsOfDetails(answer: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const details = answer?.["details"];
  const value = isRecord(details) ? details["retryAfterSeconds"] : undefined;
  return typeof value === "number" && value > 0 ? value : undefined;
}

function reasonOf(status: number): string {
  const known: Readonly<Record<number, string>> = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    410: "Expired",
    429: "TooManyRequests",
    503: "ServiceUnavailable",
    504: "Timeout",
  };
  return known[status] ?? (status >= 500 ? "InternalError" : "Unknown");
}
