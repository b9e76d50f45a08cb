import type { ArgocdState } from "#lib/api/argocd-contract.ts";
import { apiError } from "#lib/api/errors.ts";
import { type ArgoConnection, connectArgo } from "#server/desired/argocd/argo-connection.ts";
import type { ArgoServer } from "#server/desired/argocd/argo-api.ts";
import { isArgoFault, type ArgoFault } from "#server/desired/argocd/argo-fault.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { SessionCluster } from "./session.ts";
import { tokenExpiry } from "./token-expiry.ts";

interface Login {
  readonly connection: ArgoConnection;
  readonly token: string;
  readonly expiresAt?: number;
  /** Set when Argo CD has stopped taking the token. */
  fault?: ArgoFault;
}

/**
 * Tokens for Argo CD's API server. Each hangs on one cluster of one session, in memory alone, and ends with it; two sessions of one person share none.
 */
export class ArgocdLogins {
  readonly #servers: (cluster: string) => Promise<ArgoServer | undefined>;
  readonly #masker: Masker;
  readonly #logins = new WeakMap<SessionCluster, Login>();
  /** Tokens that are being tried again: what is kept of a session meanwhile has them. */
  readonly #restoring = new WeakMap<SessionCluster, string>();

  /** `servers` answers with the server that the operator has configured for a cluster. */
  constructor(servers: (cluster: string) => Promise<ArgoServer | undefined>, masker: Masker) {
    this.#servers = servers;
    this.#masker = masker;
  }

  /** Whether there is a server for this cluster, and how this session stands with it. */
  async state(cluster: SessionCluster): Promise<ArgocdState> {
    const server = await this.#servers(cluster.name);
    if (server === undefined) return { state: "unavailable" };
    const url = server.url.href;
    const login = this.#logins.get(cluster);
    if (login === undefined) return { state: "disconnected", url };
    const { connection, expiresAt, fault } = login;
    const expiry = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() };
    if (fault === undefined) return { state: "connected", url, username: connection.username, ...expiry };
    const state = fault.refusal === "expired" ? "expired" : "refused";
    return { state, url, username: connection.username, message: fault.message, ...expiry };
  }

  /** Tries a token and keeps it with this session. @throws ApiError when there is no server, or it does not take the token */
  async logIn(cluster: SessionCluster, token: string): Promise<ArgocdState> {
    const server = await this.#servers(cluster.name);
    if (server === undefined)
      throw apiError(422, "no-argocd-server", "No Argo CD API server is configured for this cluster.", {
        hint: "Ask whoever runs Driftglass to set DRIFTGLASS_ARGOCD_SERVER.",
      });
    let connection: ArgoConnection;
    try {
      connection = await connectArgo(server, token, this.#masker);
    } catch (error) {
      throw isArgoFault(error) ? problemOf(error) : error;
    }
    await this.logOut(cluster);
    if (cluster.ended.aborted) {
      await connection.close();
      throw apiError(401, "unauthenticated", "You are not logged in any more.");
    }
    const expiresAt = tokenExpiry(token);
    this.#logins.set(cluster, { connection, token, ...(expiresAt !== undefined && { expiresAt }) });
    cluster.ended.addEventListener("abort", () => void this.logOut(cluster), { once: true });
    return await this.state(cluster);
  }

  /** Forgets the token. */
  async logOut(cluster: SessionCluster): Promise<void> {
    const login = this.#logins.get(cluster);
    this.#logins.delete(cluster);
    await login?.connection.close();
  }

  /** The token that this session has for Argo CD: for where the session itself is kept, and nowhere else. */
  token(cluster: SessionCluster): string | undefined {
    return this.#logins.get(cluster)?.token ?? this.#restoring.get(cluster);
  }

  /** Goes on with a token that another replica had. One that is not taken any more is forgotten. Never throws. */
  async restore(cluster: SessionCluster, token: string): Promise<void> {
    this.#restoring.set(cluster, token);
    await this.logIn(cluster, token).catch(() => undefined);
    this.#restoring.delete(cluster);
  }

  /** The way to Argo CD that this session has; undefined without one, or when its token is not taken any more. */
  connection(cluster: SessionCluster): ArgoConnection | undefined {
    const login = this.#logins.get(cluster);
    return login?.fault === undefined ? login?.connection : undefined;
  }

  /** Notes that Argo CD has stopped taking the token, so that it is not asked again and the page says why. */
  report(cluster: SessionCluster, fault: ArgoFault): void {
    const login = this.#logins.get(cluster);
    if (login && (fault.refusal === "expired" || fault.refusal === "refused")) login.fault = fault;
  }
}

function problemOf({ refusal, message }: ArgoFault): Error {
  if (refusal === "unreachable" || refusal === "unexpected")
    return apiError(502, "argocd-unreachable", "Argo CD gave no usable answer.", { detail: message });
  return apiError(422, `argocd-${refusal}`, message, {
    hint: "Make a new one, such as by `argocd account generate-token`.",
  });
}
