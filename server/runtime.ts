import { setTimeout as sleep } from "node:timers/promises";
import { createActions } from "#server/actions/actions.ts";
import { createActivity } from "#server/activity/activity.ts";
import { ArgocdLogins } from "#server/http/argocd-logins.ts";
import { LaunchLinks } from "#server/http/launch.ts";
import { createOidcClient } from "#server/http/oidc/oidc-client.ts";
import { createSharing } from "#server/http/replicas/open-sharing.ts";
import { PersonLimits } from "#server/http/person-limits.ts";
import type { HttpRuntime } from "#server/http/runtime-interface.ts";
import { createSealer } from "#server/http/sealer.ts";
import { SessionStore } from "#server/http/sessions.ts";
import { Visits } from "#server/http/visits.ts";
import { LoginThrottle } from "#server/http/throttle.ts";
import { createClusterAccess, namespaceCandidates } from "#server/kube/access.ts";
import { createDiscovery } from "#server/kube/discovery.ts";
import { createKubeClient } from "#server/kube/kube-client.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import { measuredClient } from "#server/metrics/measured-client.ts";
import { Metrics } from "#server/metrics/metrics.ts";
import { openRecords } from "#server/recorded/open-records.ts";
import { StreamHub } from "#server/stream/hub.ts";
import { createTools } from "#server/tools/create-tools.ts";
import { growFreely } from "#server/tools/heap-growth.ts";
import { removeLeftovers } from "#server/tools/temporary-folder.ts";
import { LiveClusterView } from "#server/view/cluster-view.ts";
import { createLivePort } from "#server/view/live-port.ts";
import { Siblings } from "#server/view/siblings.ts";
import { Views } from "#server/view/view-registry.ts";
import { argocdServer } from "./argocd-config.ts";
import { readConfig, type Config } from "./config.ts";
import { keepRuntime } from "./current-runtime.ts";
import { createLoginSources } from "./login-sources.ts";

/** Milliseconds that a server which stops has for giving its sessions to the other replicas. */
const handOverTime = 1_200;

/** Starts the one runtime of this process; whoever serves requests gets it from `current-runtime.ts`. @throws Error when the configuration is wrong */
export function startRuntime(): Promise<HttpRuntime> {
  const started = start();
  keepRuntime(started);
  return started;
}

async function start(): Promise<HttpRuntime> {
  const config = readConfig(process.env);
  growFreely();
  // Before any program is run, so that what this process makes is not among it.
  await removeLeftovers();
  const clock = { now: () => Date.now() };
  const records = await openRecords(config);
  const sharing = config.sharing && createSharing(config.sharing, config.clusterCaPath);
  const masker = createMasker(records?.maskKey ?? sharing?.maskKey);
  const recorder = records?.recorder(masker);
  const visits = new Visits();
  const tools = createTools({
    paths: config.toolPaths,
    searchPath: config.searchPath,
    maskText: (text) => masker.maskText(text),
  });
  const { lifetimes } = config.login;
  const sessions = new SessionStore(clock, lifetimes, sharing?.ids);
  const streams = new StreamHub();
  const activity = createActivity({ masker, now: clock.now });
  const metrics = new Metrics({
    sessions: () => sessions.size,
    streams: () => streams.size,
    views: () => views.all(),
    now: clock.now,
  });
  const siblings = new Siblings();
  const views: Views = new Views(async (credentials, identity) => {
    const client = measuredClient(createKubeClient(credentials, { masker }), metrics, clock.now);
    const view = new LiveClusterView({
      cluster: credentials.cluster,
      identity,
      client,
      discovery: createDiscovery(client),
      access: createClusterAccess(client),
      masker,
      tools,
      artifactHosts: config.artifactHosts,
      recorder,
      siblings,
      whenIdle: () => visits.over(),
      namespaceCandidates: namespaceCandidates({
        username: identity.username,
        configured: config.namespaceCandidates,
        ...(credentials.namespace !== undefined && { contextNamespace: credentials.namespace }),
      }),
    });
    activity.follow(view);
    void view.start();
    return view;
  });
  const logins = createLoginSources(config);
  const stopRecording = records?.watch({
    acquire: (credentials, identity) => views.acquire(credentials, identity),
    identify: (credentials) => logins.identify(credentials),
  });
  const replicas = await sharing?.open(() => http, { sessions, clock, lifetimes });
  const sweeping = setInterval(() => {
    sessions.sweep();
    void replicas?.shared.sweep();
  }, 60_000);
  sweeping.unref();
  let accepting = true;
  const { proxy, trustedProxies } = config.login;
  const http: HttpRuntime = {
    config: { ...config, trustedProxies, ...(proxy && { proxy }) },
    sessions,
    streams,
    throttle: new LoginThrottle(clock, undefined, () => replicas?.shared.replicas ?? 1),
    limits: new PersonLimits(),
    visits,
    metrics,
    logins,
    sealer: sharing?.sealer ?? createSealer(),
    ...replicas,
    ...(config.login.oidc && { oidc: createOidcClient(config.login.oidc, clock) }),
    ...(config.login.launch && { launch: new LaunchLinks(config.login.launch.token, printLink(config)) }),
    views,
    actions: createActions({
      tools,
      masker,
      artifactHosts: config.artifactHosts,
      now: () => new Date().toISOString(),
      onAction: (view, entry) => {
        metrics.acted(entry);
        return activity.acted(view, entry);
      },
    }),
    live: createLivePort(masker),
    argocd: new ArgocdLogins((cluster) => argocdServer(config.argocd, cluster), masker),
    activity,
    clock,
    get accepting() {
      return accepting;
    },
    async dispose() {
      accepting = false;
      clearInterval(sweeping);
      streams.closeAll();
      // Before sessions end: those that replicas have in common go on elsewhere.
      await Promise.race([replicas?.shared.stop(), sleep(handOverTime, undefined, { ref: false })]);
      sessions.endAll("Driftglass is stopping.");
      stopRecording?.();
      await views.closeAll();
      await recorder?.close();
      await replicas?.forwarder.close();
    },
  };
  return http;
}

/** Links are for who started the server: they go where it was started, and nowhere else. */
function printLink({ publicUrl }: Config): (path: string) => void {
  const origin = publicUrl ?? `http://127.0.0.1:${process.env["PORT"] ?? 3000}`;
  return (path) => console.log(`Driftglass, to log in from a browser: ${new URL(path, origin).href}`);
}
