/** What one request to the API server needs. */
export interface KubeRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path from the root, such as `/apis/apps/v1/namespaces/x/deployments/y`, each segment encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  /** Defaults to `application/json`; patches name their own. */
  readonly contentType?: string;
  /** Defaults to `application/json`. */
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds until the request fails with a KubeError of status 0; 30,000 unless told. */
  readonly timeout?: number;
}

/**
 * Talks to one API server as one person. Answers are parsed JSON, not yet masked: only `server/kube` uses it directly for
 * reading objects; others go through `readObject`, which masks.
 */
export interface KubeClient {
  /** URL of the API server. */
  readonly server: string;
  /** @throws KubeError for every answer that is not 2xx, and for transport faults (status 0). */
  request<T>(request: KubeRequest): Promise<T>;
  /** A streaming answer (watch, logs). @throws KubeError before the first byte. */
  stream(request: KubeRequest): Promise<AsyncIterable<Uint8Array>>;
  /** A kubeconfig (YAML) with this person's credentials alone, for subprocesses; written to a private 0600 file by the caller. */
  kubeconfig(): Promise<string>;
  /** Frees sockets. */
  close(): Promise<void>;
}

/** An error of the API server or of the way to it. Its message is masked and may be shown to a person. */
export class KubeError extends Error {
  override readonly name = "KubeError";
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Kubernetes' reason, such as `Forbidden`, `Expired`, `NotFound`; when no answer came `Unreachable`, `Timeout`, `Untrusted` (TLS) or `Aborted`. */
  readonly reason: string;
  /** Seconds to wait, from Retry-After. */
  readonly retryAfter: number | undefined;
  constructor(status: number, reason: string, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}
