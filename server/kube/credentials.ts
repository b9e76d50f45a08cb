import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
// Not the package itself: it loads all generated clients, sixteen megabytes of text.
import { newClusters, newUsers, type Cluster, type User } from "@kubernetes/client-node/dist/config_types.js";
import { checkCertificates, pemOf } from "./certificates.ts";
import { CredentialError } from "./credential-error.ts";
import { contextsOf, mergeKubeconfigs, parseKubeconfig } from "./kubeconfig-document.ts";
import type { KubeconfigDocument } from "./kubeconfig-document.ts";
import type { TokenSource } from "./token-source.ts";

/** Where a cluster is. */
export interface ClusterEndpoint {
  /** Name of the cluster, as shown. */
  readonly cluster: string;
  /** URL of the API server, without a slash at its end. */
  readonly server: string;
  /** CA certificates, PEM; the system's when absent. */
  readonly ca?: string;
  readonly tlsServerName?: string;
  readonly skipTlsVerify?: boolean;
  readonly proxyUrl?: string;
  /** Whether its name must not lead to the machine that Driftglass runs on, whatever it resolves to. */
  readonly checkAddresses?: boolean;
}

/** Everything that is needed to talk to one cluster as one person. Holds secrets: never logged, never sent to a browser. */
export interface ClusterCredentials extends ClusterEndpoint {
  readonly token?: string;
  /** Where the token comes from when it is renewed; then there is no `token`. */
  readonly tokens?: TokenSource;
  /** Client certificate and key, PEM. */
  readonly certificate?: string;
  readonly key?: string;
  /** An exec plugin, auth provider or token file, run by client-node; only when Driftglass runs locally for its owner. */
  readonly plugin?: User;
  readonly impersonate?: Impersonation;
  /** The context's namespace: a candidate for people who can't list namespaces. */
  readonly namespace?: string;
}

/** Whom these credentials act as; the API server checks that they may. */
export interface Impersonation {
  readonly user: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** How much a kubeconfig is trusted. */
export interface KubeconfigOptions {
  /** Needed when the kubeconfig has several. */
  readonly context?: string;
  /** True only when Driftglass runs locally for the kubeconfig's owner: allows plugins, file paths, proxies and plain HTTP. */
  readonly local?: boolean;
  /** Refuses API servers that this Driftglass shall not talk to. */
  readonly allowServer?: (server: URL) => boolean;
  /** See `ClusterEndpoint.checkAddresses`. */
  readonly checkAddresses?: boolean;
}

/** Whether two are the same secrets: then what is refused to the one is refused to the other. */
export function hasSameSecrets(one: ClusterCredentials, other: ClusterCredentials): boolean {
  const names = ["token", "tokens", "certificate", "key"] as const;
  const plugins = [one, other].map(({ plugin }) => JSON.stringify(plugin));
  return names.every((name) => one[name] === other[name]) && plugins[0] === plugins[1];
}

/** Credentials of a bare bearer token. @throws CredentialError `no-credentials` for text that can't be a token. */
export function credentialsFromToken(token: string, endpoint: ClusterEndpoint): ClusterCredentials {
  const trimmed = token.trim().replace(/^Bearer\s+/i, "");
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw new CredentialError(
      "no-credentials",
      "This is not a token: it is empty or holds characters that no token has.",
      "Paste the token alone, as `kubectl create token NAME` prints it.",
    );
  }
  return { ...endpoint, token: trimmed };
}

/**
 * Credentials of one context of a kubeconfig.
 *
 * @throws CredentialError that says what is wrong: `context-required` and `unknown-context` list the contexts, `not-allowed` names
 * what only a local Driftglass may use (plugins, files on disk, proxies).
 */
export async function credentialsFromKubeconfig(
  yamlText: string,
  options: KubeconfigOptions = {},
): Promise<ClusterCredentials> {
  return fromDocument(parseKubeconfig(yamlText), options);
}

/** Reads the kubeconfig files of this machine (a `KUBECONFIG` list); files that don't exist are passed over, as kubectl does. */
export async function readLocalKubeconfig(paths: readonly string[]): Promise<KubeconfigDocument> {
  const files: { document: KubeconfigDocument; directory: string }[] = [];
  for (const path of paths) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) files.push({ document: parseKubeconfig(text), directory: dirname(path) });
  }
  if (files.length === 0) {
    throw new CredentialError(
      "invalid-kubeconfig",
      "No kubeconfig was found on this machine.",
      "Set KUBECONFIG, or log in with a token or an uploaded kubeconfig.",
    );
  }
  return mergeKubeconfigs(files);
}

/** Credentials of one context of this machine's kubeconfig; see {@link readLocalKubeconfig}. */
export async function credentialsFromLocal(document: KubeconfigDocument, context: string): Promise<ClusterCredentials> {
  return fromDocument(document, { context, local: true });
}

async function fromDocument(document: KubeconfigDocument, options: KubeconfigOptions): Promise<ClusterCredentials> {
  const local = options.local === true;
  const { clusterName, userName, namespace } = chooseContext(document, options.context);
  const clusterEntry = document.clusters.find(({ name }) => name === clusterName);
  if (!clusterEntry?.cluster) throw incomplete(`The context's cluster "${clusterName}" is not in this kubeconfig.`);
  const userEntry = document.users.find(({ name }) => name === userName);
  if (!userEntry?.user) throw incomplete(`The context's user "${userName}" is not in this kubeconfig.`);
  const raw = userEntry.user;
  if (!local) refuseLocalOnly(clusterEntry.cluster, raw);
  if (raw["as-user-extra"]) {
    throw notAllowed("This kubeconfig impersonates with `as-user-extra`, which Driftglass does not support.");
  }
  const tokenFile = raw.tokenFile || raw["token-file"];
  if (!raw.as && (raw["as-uid"] || raw["as-groups"]?.length)) {
    // Without this they would be left out, and the person's own, larger rights be used (kubectl refuses, too).
    throw notAllowed("This kubeconfig impersonates groups or a uid without a user (`as`).");
  }
  if (raw.username && !raw.token && !tokenFile) {
    throw new CredentialError(
      "no-credentials",
      "This kubeconfig has a user name and password.",
      "Kubernetes has not supported them since 1.19: use a token or a client certificate.",
    );
  }

  // Only what was checked goes to client-node, and no token file: its parser would read that at once.
  const { "token-file": _, tokenFile: __, ...user } = raw;
  let cluster: Cluster | undefined;
  let account: User | undefined;
  try {
    [cluster] = newClusters([clusterEntry]);
    [account] = newUsers([{ name: userName, user }]);
  } catch {
    throw incomplete(`The cluster "${clusterName}" has no server.`);
  }
  if (!cluster || !account) throw incomplete("This kubeconfig's context is incomplete.");
  const server = checkServer(cluster.server, local, options.allowServer);
  const ca = await pemOf("certificate-authority", cluster.caData, cluster.caFile);
  const certificate = await pemOf("client-certificate", account.certData, account.certFile);
  const key = await pemOf("client-key", account.keyData, account.keyFile);
  checkCertificates(ca, certificate, key);
  const token = account.token?.trim();
  const plugin = pluginOf(account, token ? undefined : tokenFile);
  if (!token && !certificate && !plugin) {
    throw new CredentialError(
      "no-credentials",
      `The user "${userName}" has neither a token nor a client certificate.`,
      "Use a kubeconfig that holds its credentials itself (`kubectl config view --raw --minify --flatten`).",
    );
  }
  return {
    cluster: clusterName,
    server,
    ...(ca ? { ca } : {}),
    ...tlsOptions(cluster),
    ...(options.checkAddresses ? { checkAddresses: true } : {}),
    ...(token ? credentialsFromToken(token, { cluster: clusterName, server }) : {}),
    ...(certificate && key ? { certificate, key } : {}),
    ...(plugin ? { plugin } : {}),
    ...(raw.as
      ? {
          impersonate: {
            user: raw.as,
            ...(raw["as-uid"] ? { uid: raw["as-uid"] } : {}),
            groups: raw["as-groups"] ?? [],
          },
        }
      : {}),
    ...(namespace ? { namespace } : {}),
  };
}

function chooseContext(
  document: KubeconfigDocument,
  wanted: string | undefined,
): { clusterName: string; userName: string; namespace: string | undefined } {
  const names = contextsOf(document).map(({ name }) => name);
  if (wanted === undefined && names.length > 1) {
    throw new CredentialError(
      "context-required",
      "This kubeconfig has several contexts.",
      "Choose one of them.",
      names,
    );
  }
  const entry = document.contexts.find(({ name }) => name === (wanted ?? names[0]));
  if (!entry) {
    throw new CredentialError(
      "unknown-context",
      `This kubeconfig has no context "${wanted ?? ""}".`,
      `It has: ${names.join(", ")}.`,
      names,
    );
  }
  const { cluster, user, namespace } = entry.context ?? {};
  if (!cluster) throw incomplete(`The context "${entry.name}" names no cluster.`);
  if (!user) throw incomplete(`The context "${entry.name}" names no user.`);
  return { clusterName: cluster, userName: user, namespace: namespace || undefined };
}

function refuseLocalOnly(cluster: Record<string, unknown>, user: Record<string, unknown>): void {
  if (user["exec"]) throw notAllowed("This kubeconfig gets its credentials by running a program (`exec`).");
  if (user["auth-provider"]) throw notAllowed("This kubeconfig gets its credentials from an `auth-provider`.");
  for (const field of ["client-certificate", "client-key", "tokenFile", "token-file"]) {
    if (user[field]) throw notAllowed(`This kubeconfig names a file on your machine (\`${field}\`).`);
  }
  if (cluster["certificate-authority"])
    throw notAllowed("This kubeconfig names a file on your machine (`certificate-authority`).");
  if (cluster["proxy-url"]) throw notAllowed("This kubeconfig reaches its cluster through a proxy (`proxy-url`).");
}

function checkServer(server: string, local: boolean, allowServer: KubeconfigOptions["allowServer"]): string {
  const url = URL.parse(server);
  if (
    !url ||
    (url.protocol !== "https:" && url.protocol !== "http:") ||
    url.username !== "" ||
    url.password !== "" ||
    url.search !== "" ||
    url.hash !== ""
  ) {
    throw new CredentialError(
      "invalid-server",
      "The cluster's server is not a URL like https://HOST:6443.",
      "Correct `server` in the kubeconfig.",
    );
  }
  if (url.protocol === "http:" && !local) {
    throw new CredentialError(
      "invalid-server",
      "The cluster's server is not https: credentials would travel unencrypted.",
      "Use the https URL of the API server.",
    );
  }
  if (allowServer && !allowServer(url)) {
    throw new CredentialError(
      "invalid-server",
      `This Driftglass may not connect to ${url.host}.`,
      "Ask who runs it to allow this API server.",
    );
  }
  return url.href.replace(/\/+$/, "");
}

function pluginOf(account: User, tokenFile: string | null | undefined): User | undefined {
  if (tokenFile) return { name: account.name, authProvider: { name: "tokenFile", config: { tokenFile } } };
  if (account.exec || account.authProvider) return account;
  return undefined;
}

function tlsOptions(cluster: Cluster): Pick<ClusterEndpoint, "tlsServerName" | "skipTlsVerify" | "proxyUrl"> {
  return {
    ...(cluster.tlsServerName ? { tlsServerName: cluster.tlsServerName } : {}),
    ...(cluster.skipTLSVerify ? { skipTlsVerify: true } : {}),
    ...(cluster.proxyUrl ? { proxyUrl: cluster.proxyUrl } : {}),
  };
}

function incomplete(message: string): CredentialError {
  return new CredentialError("incomplete-context", message, "Correct the kubeconfig, or choose another context.");
}

function notAllowed(message: string): CredentialError {
  return new CredentialError(
    "not-allowed",
    message,
    "A shared Driftglass can't do that: log in with a token (`kubectl create token NAME`) or with a kubeconfig that holds its credentials itself (`kubectl config view --raw --minify --flatten`).",
  );
}
