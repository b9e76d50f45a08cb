/**
 * Owns every process of one sandbox. Started by the launcher with SupervisorOptions as its argument; lives
 * until `down`, until a signal, or until a launcher goes that hasn't told it to live alone.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { argocdTokens } from "../cluster/argocd-accounts.ts";
import { makeLayout, portNames } from "../cluster/layout.ts";
import { chartsDirectory } from "../cluster/servers.ts";
import { startCluster, startEngines } from "../cluster/start.ts";
import { writeRecord, type SandboxRecord } from "../state.ts";
import { ComponentSet, whenExists } from "./component-set.ts";
import { serveControl } from "./control.ts";
import type { SupervisorMessage, SupervisorOptions } from "./messages.ts";
import { assignPorts, reserveBlock } from "./ports.ts";
import { RecordKeeper } from "./record-keeper.ts";
import { runScenario } from "./scenario-process.ts";

/** What the scenario runs itself, and the engines that it waits for: its patience is for their work, not for building them. */
const scenarioPrograms = [
  "kubectl",
  "helm",
  "helm3",
  "flux",
  "kustomize",
  "source-controller",
  "kustomize-controller",
  "helm-controller",
  "notification-controller",
  "argocd",
];

const options = JSON.parse(process.argv[2] ?? "{}") as SupervisorOptions;
const begun = Date.now();
const abort = new AbortController();
let detached = false;

const { start, holder } = await reserveBlock();
const layout = await makeLayout(options.name, options.directory, options.binDirectory, assignPorts(start, portNames));
const keeper = new RecordKeeper(writeRecord);
const components = new ComponentSet({
  helper: join(layout.bin, "sandbox-helper"),
  environment: { PATH: process.env["PATH"] ?? "", HOME: layout.data, LANG: "C.UTF-8", TZ: "UTC" },
  logFile: (name) => join(layout.logs, `${name}.log`),
  onChange: () => keeper.update({ components: describeComponents() }),
});
const token = randomBytes(24).toString("hex");
/** What Argo CD's API server signs its tokens with. */
const argocdKey = randomBytes(32).toString("base64");
serveControl(holder, token, { act: (name, action) => components.act(name, action), down: () => end(0) });

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end(0));
process.on("message", (message) => {
  if (message === "detach") detached = true;
});
process.on("disconnect", () => {
  if (!detached) void end(0);
});

try {
  await bringUp();
} catch (error) {
  // A start that was told to stop fails everywhere at once: that isn't news.
  if (!abort.signal.aborted) {
    console.error(error);
    tell({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
    await end(1);
  }
}

async function bringUp(): Promise<void> {
  const cluster = await startCluster(layout, components);
  keeper.begin(describe(cluster.logins));
  await keeper.flush();
  say(`The control plane answers at ${layout.apiServerUrl}`);
  tell({ type: "control-plane" });
  if (options.engines === "all") {
    const crds = { flux: options.fluxCrds, argocd: options.argocdCrds };
    const engines = startEngines(layout, components, cluster.client, crds, argocdKey);
    const running = engines.running.then(() => say("Flux and Argo CD run"));
    await Promise.all([cluster.running, engines.served]);
    // On a first start programs may still be built.
    if (options.scenario)
      await Promise.all(scenarioPrograms.map((name) => whenExists(join(layout.bin, name), abort.signal)));
    // The engines warm up while the scenario is applied: what they find then is what they work on.
    const scenario = options.scenario ? runScenario(layout, abort.signal, say) : undefined;
    await Promise.all([running, scenario]);
  } else {
    await cluster.running;
  }
  abort.signal.throwIfAborted();
  keeper.update({ phase: "ready" });
  await keeper.flush();
  say("Ready");
  tell({ type: "ready" });
}

function describe(logins: SandboxRecord["logins"]): SandboxRecord {
  const { ports } = layout;
  return {
    name: layout.name,
    stateDirectory: layout.directory,
    binDirectory: layout.bin,
    adminKubeconfig: layout.adminKubeconfig,
    apiServerUrl: layout.apiServerUrl,
    gitUrl: `http://127.0.0.1:${ports["git-server"]}`,
    registryHost: `127.0.0.1:${ports.registry}`,
    chartRepositoryUrl: `http://127.0.0.1:${ports["chart-server"]}`,
    chartRepositoryDirectory: chartsDirectory(layout),
    artifactHost: `127.0.0.1:${ports["source-controller"]}`,
    ...(options.engines === "all" && {
      argocdServer: { url: `http://127.0.0.1:${ports["argocd-server"]}`, tokens: argocdTokens(argocdKey) },
    }),
    oidcIssuer: layout.oidcIssuer,
    logins,
    phase: "starting",
    engines: options.engines,
    supervisor: { pid: process.pid, url: `http://127.0.0.1:${start}`, token },
    ports,
    components: describeComponents(),
  };
}

function describeComponents(): SandboxRecord["components"] {
  return components.all.map(({ definition: { name }, state, pid, restarts }) => ({
    name,
    state,
    restarts,
    log: join(layout.logs, `${name}.log`),
    ...(pid === undefined ? {} : { pid }),
  }));
}

/** Ends everything and this process; asked for twice, it is done once. */
async function end(code: number): Promise<void> {
  if (abort.signal.aborted) return;
  abort.abort();
  await components.close();
  await keeper.remove(join(layout.directory, "sandbox.json"));
  process.exit(code);
}

function say(text: string): void {
  const line = `${((Date.now() - begun) / 1000).toFixed(1)} s  ${text}`;
  console.log(line);
  tell({ type: "line", text: line });
}

function tell(message: SupervisorMessage): void {
  if (process.connected) process.send?.(message);
}
