import { readFile } from "node:fs/promises";
import { createActions } from "#server/actions/actions.ts";
import { createActivity } from "#server/activity/activity.ts";
import { RequestCounter } from "#server/http/request-counter.ts";
import type { HttpRuntime, LoginSources } from "#server/http/runtime-interface.ts";
import { SessionStore } from "#server/http/sessions.ts";
import { LoginThrottle } from "#server/http/throttle.ts";
import { createClusterAccess, namespaceCandidates } from "#server/kube/access.ts";
import { credentialsFromLocal, readLocalKubeconfig, type ClusterEndpoint } from "#server/kube/credentials.ts";
import { createDiscovery } from "#server/kube/discovery.ts";
import { identify } from "#server/kube/identity.ts";
import { createKubeClient } from "#server/kube/kube-client.ts";
import { mayConnect, needsAddressCheck, type ServerPolicy } from "#server/kube/server-policy.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import { openRecords } from "#server/recorded/open-records.ts";
import { StreamHub } from "#server/stream/hub.ts";
import { createTools } from "#server/tools/create-tools.ts";
import { removeLeftovers } from "#server/tools/temporary-folder.ts";
import { LiveClusterView } from "#server/view/cluster-view.ts";
import { createLivePort } from "#server/view/live-port.ts";
import { Views } from "#server/view/view-registry.ts";
import { readConfig, type Config } from "./config.ts";

/** Raised when the shape below changes, so that a development reload never meets an older runtime. */
const version = 2;
const slot = Symbol.for("driftglass.runtime");

interface Slot {
  readonly version: number;
  readonly runtime: Promise<HttpRuntime>;
}

/**
 * The one runtime of this process, started by whoever asks first. Instrumentation and route handlers are separate module graphs in
 * Next.js, so it hangs on `globalThis`; this is the only place that does.
 *
 * @throws Error when the configuration is wrong
 */
export function runtime(): Promise<HttpRuntime> {
  const holder = globalThis as { [slot]?: Slot };
  if (holder[slot]?.version !== version) {
    void holder[slot]?.runtime.then((old) => old.dispose()).catch(() => undefined);
    holder[slot] = { version, runtime: start() };
  }
  return holder[slot].runtime;
}

async function start(): Promise<HttpRuntime> {
  const config = readConfig(process.env);
  // Before any program is run, so that what this process makes is not among it.
  await removeLeftovers();
  const clock = { now: () => Date.now() };
  const records = await openRecords(config);
  const masker = createMasker(records?.maskKey);
  const recorder = records?.recorder(masker);
  const tools = createTools({
    paths: config.toolPaths,
    searchPath: config.searchPath,
    maskText: (text) => masker.maskText(text),
  });
  const sessions = new SessionStore(clock);
  const streams = new StreamHub();
  const views = new Views(async (credentials, identity) => {
    const client = createKubeClient(credentials, { masker });
    const view = new LiveClusterView({
  const activity = createActivity({ masker, now: clock.now });
      cluster: credentials.cluster,
      identity,
      client,
      discovery: createDiscovery(client),
      access: createClusterAccess(client),
      masker,
      tools,
      artifactHosts: config.artifactHosts,
      recorder,
      namespaceCandidates: namespaceCandidates({
        username: identity.username,
        configured: config.namespaceCandidates,
        ...(credentials.namespace !== undefined && { contextNamespace: credentials.namespace }),
      }),
    });
    void view.start();
    return view;
  });
  const sweeping = setInterval(() => sessions.sweep(), 60_000);
    activity.follow(view);
  sweeping.unref();
  let accepting = true;
  return {
    config,
    sessions,
    streams,
    throttle: new LoginThrottle(clock),
    requests: new RequestCounter(),
    logins: loginSources(config),
    views,
    actions: createActions({
      tools,
      masker,
      artifactHosts: config.artifactHosts,
      now: () => new Date().toISOString(),
      onAction: (view, entry) => activity.acted(view, entry),
    }),
    live: createLivePort(masker),
    clock,
    get accepting() {
      return accepting;
    },
    activity,
    async dispose() {
      accepting = false;
      clearInterval(sweeping);
      streams.closeAll();
      sessions.endAll("Driftglass is stopping.");
      await views.closeAll();
      await recorder?.close();
    },
  };
}

function loginSources(config: Config): LoginSources {
  const { mode, ownServer } = config;
  const local = mode === "local";
  const policy: ServerPolicy = {
    mode,
    inCluster: config.inCluster,
    allowed: config.apiServers,
    ...(ownServer !== undefined && { own: [ownServer] }),
  };
  return {
    localKubeconfig: async () => (local ? await readLocalKubeconfig(config.kubeconfigPaths) : undefined),
    tokenCluster: () =>
      config.inCluster ? inCluster(config) : local ? currentCluster(config) : Promise.resolve(undefined),
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
