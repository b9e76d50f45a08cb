import type { KubeConfig } from "@kubernetes/client-node";
import { CredentialError } from "./credential-error.ts";
import type { ClusterCredentials } from "./credentials.ts";

/** What identifies a person to the API server, right now. */
export interface Authentication {
  readonly token?: string;
  /** PEM. */
  readonly certificate?: string;
  readonly key?: string;
}

/** Gives a client its authentication; asks the exec plugin or auth provider where there is one. */
export interface Authenticator {
  current(): Promise<Authentication>;
  /** Forgets this one after a 401, unless it was replaced while the request was under way. False when there is nothing to ask again. */
  renew(refused: Authentication): boolean;
}

/** How long an answer of a plugin is taken without asking client-node again, which knows its expiry. */
const trustFor = 15_000;

/** The authenticator of these credentials. */
export function createAuthenticator(credentials: ClusterCredentials, now: () => number = Date.now): Authenticator {
  const { plugin, token, tokens, certificate, key } = credentials;
  if (tokens)
    return {
      current: async () => ({ token: await tokens.current() }),
      renew: ({ token: refused = "" }) => tokens.renew(refused),
    };
  const fixed: Authentication = { ...(token ? { token } : {}), ...(certificate && key ? { certificate, key } : {}) };
  if (!plugin) return { current: () => Promise.resolve(fixed), renew: () => false };

  let config: KubeConfig | undefined;
  let answer: { promise: Promise<Authentication>; until: number } | undefined;
  let last: Authentication | undefined;
  const ask = async (): Promise<Authentication> => {
    if (!config) {
      // Loaded by those alone who have a plugin: with it come all generated clients, sixteen megabytes of text.
      const { KubeConfig: Config } = await import("@kubernetes/client-node");
      config = new Config();
      config.loadFromClusterAndUser(
        { name: credentials.cluster, server: credentials.server, skipTLSVerify: false },
        plugin,
      );
    }
    const options: Parameters<KubeConfig["applyToHTTPSOptions"]>[0] = {};
    try {
      await config.applyToHTTPSOptions(options);
    } catch {
      // The plugin's own words may hold what it printed: its credentials.
      throw new CredentialError(
        "plugin-failed",
        "The kubeconfig's credential plugin failed.",
        "Run `kubectl get namespaces` with this context in a terminal to see what it says, then log in again.",
      );
    }
    const header = headerOf(options.headers, "authorization");
    return {
      ...fixed,
      ...(header?.startsWith("Bearer ") ? { token: header.slice("Bearer ".length).trim() } : {}),
      ...(typeof options.cert === "string" && typeof options.key === "string"
        ? { certificate: options.cert, key: options.key }
        : {}),
    };
  };
  return {
    current() {
      if (!answer || answer.until < now()) {
        const promise = ask();
        answer = { promise, until: now() + trustFor };
        promise.then(
          (given) => (last = given),
          () => (answer = undefined),
        );
      }
      return answer.promise;
    },
    renew(refused) {
      // Of many requests that were refused at once the first one asks.
      if (last !== refused) return true;
      last = undefined;
      // A new KubeConfig has new plugin caches; client-node offers no other way to drop them.
      config = undefined;
      answer = undefined;
      return true;
    },
  };
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== "object" || headers === null) return undefined;
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return typeof entry?.[1] === "string" ? entry[1] : undefined;
}
