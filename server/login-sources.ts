import { readFile } from "node:fs/promises";
import { apiError } from "#lib/api/errors.ts";
import type { LoginSources } from "#server/http/runtime-interface.ts";
import { readClusterList } from "#server/kube/cluster-list.ts";
import { credentialsFromLocal, readLocalKubeconfig, type ClusterEndpoint } from "#server/kube/credentials.ts";
import { fileTokenSource } from "#server/kube/file-token-source.ts";
import { identify } from "#server/kube/identity.ts";
import { createKubeClient } from "#server/kube/kube-client.ts";
import { mayConnect, needsAddressCheck, type ServerPolicy } from "#server/kube/server-policy.ts";
import type { Config } from "./config.ts";

/** Where credentials come from besides what a person sends, as the configuration says. */
export function createLoginSources(config: Config): LoginSources {
  const { mode, ownServer } = config;
  const local = mode === "local";
  const policy: ServerPolicy = {
    mode,
    inCluster: config.inCluster,
    allowed: config.apiServers,
    ...(ownServer !== undefined && { own: [ownServer] }),
  };
  const tokens = fileTokenSource(config.login.proxyTokenPath);
  const tokenClusters = async (): Promise<readonly ClusterEndpoint[]> => {
    if (config.login.clustersPath !== undefined) return await readClusterList(config.login.clustersPath);
    const only = config.inCluster ? await inCluster(config) : local ? await currentCluster(config) : undefined;
    return only ? [only] : [];
  };
  return {
    localKubeconfig: async () => (local ? await readLocalKubeconfig(config.kubeconfigPaths) : undefined),
    tokenClusters,
    async impersonating({ user, groups, extra }) {
      const [endpoint] = await tokenClusters();
      if (!endpoint)
        throw apiError(422, "no-token-cluster", "This Driftglass does not know which cluster its proxy is for.");
      return { ...endpoint, tokens, impersonate: { user, groups, ...(extra && { extra }) } };
    },
    allowServer: (server) => mayConnect(policy, server),
    checkAddresses: needsAddressCheck(policy),
    async identify(credentials) {
      const client = createKubeClient(credentials);
      try {
        return await identify(client);
      } finally {
        await client.close();
      }
    },
  };
}

/** The API server of the cluster that Driftglass runs in. Its CA alone is read: no service account's token is wanted. */
async function inCluster(config: Config): Promise<ClusterEndpoint> {
  const ca = await readFile(config.clusterCaPath, "utf8");
  return { cluster: config.clusterName, server: "https://kubernetes.default.svc", ca };
}

/** The cluster of the local kubeconfig's current context. */
async function currentCluster(config: Config): Promise<ClusterEndpoint | undefined> {
  const document = await readLocalKubeconfig(config.kubeconfigPaths).catch(() => undefined);
  if (document?.current === undefined) return undefined;
  const { cluster, server, ca, tlsServerName, skipTlsVerify } = await credentialsFromLocal(document, document.current);
  return {
    cluster,
    server,
    ...(ca !== undefined && { ca }),
    ...(tlsServerName !== undefined && { tlsServerName }),
    ...(skipTlsVerify !== undefined && { skipTlsVerify }),
  };
}
