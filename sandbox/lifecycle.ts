import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { buildAll } from "./build/build.ts";
import { planCache } from "./build/cache.ts";
import { isAlive, withLock } from "./build/lock.ts";
import type { SandboxContext } from "./context.ts";
import { whenExists, type ComponentAction } from "./process/component-set.ts";
import { askSupervisor } from "./process/control.ts";
import { endLeftovers } from "./process/leftovers.ts";
import type { LauncherMessage, SupervisorMessage, SupervisorOptions } from "./process/messages.ts";
import { readRecord, stateDirectory } from "./state.ts";

export interface UpOptions {
  /** Default `default`. */
  readonly name?: string;
  /** `none` starts the control plane, nodes and source servers alone. Default `all`. */
  readonly engines?: "all" | "none";
  /** Whether to apply the scenario. Default true with engines, false without. */
  readonly scenario?: boolean;
  /** Keep the sandbox's life tied to this process: it ends when this one does. Default false. */
  readonly attached?: boolean;
  /** Ends what was begun. */
  readonly signal?: AbortSignal;
  /** Called once people can log in, while engines may still be built or start. */
  readonly onControlPlane?: (context: SandboxContext) => void;
  /** A line of progress that replaces the one before; default: not shown. */
  readonly progress?: (line: string) => void;
}

/**
 * Builds what is missing and starts a sandbox on fresh state; resolves when everything that was asked for runs
 * and the scenario is in its intended state. A sandbox of that name that already runs is returned as it is.
 * Throws MissingToolError, BuildError, or an Error that names the component and its log; nothing stays behind.
 */
export async function up(options: UpOptions, report: (line: string) => void): Promise<SandboxContext> {
  const { name = "default", engines = "all" } = options;
  const directory = stateDirectory(name);
  const lock = join(dirname(directory), `${name}.lock`);
  await mkdir(dirname(directory), { recursive: true });
  const onWait = (holder: number): void => report(`Process ${holder} is starting the sandbox ${name}: waiting for it`);
  return withLock(lock, onWait, async () => {
    const running = await readContext(name);
    if (running) return running;
    await down(name);
    await rm(directory, { recursive: true, force: true });
    await mkdir(join(directory, "logs"), { recursive: true, mode: 0o700 });
    return launch({ ...options, name, engines }, directory, report);
  });
}

/** The context of a sandbox that runs and has come to rest; undefined when there is none. */
export async function readContext(name = "default"): Promise<SandboxContext | undefined> {
  const record = await readRecord(name);
  return record?.phase === "ready" && isAlive(record.supervisor.pid) ? record : undefined;
}

/** Ends a sandbox and every process of it; its logs stay. Says nothing when there is none. */
export async function down(name = "default"): Promise<void> {
  const record = await readRecord(name);
  if (!record) return;
  await askSupervisor(record.supervisor, "/down").catch(() => undefined);
  for (let i = 0; i < 80 && isAlive(record.supervisor.pid); i++) await sleep(100);
  await endLeftovers(record);
  await rm(join(record.stateDirectory, "sandbox.json"), { force: true });
}

/** Starts, stops, restarts or kills one component by name, e.g. `kube-apiserver`; same port, same data. */
export async function actOnComponent(component: string, action: ComponentAction, name = "default"): Promise<void> {
  const record = await readRecord(name);
  if (!record) throw new Error(`The sandbox ${name} isn't running.`);
  await askSupervisor(record.supervisor, `/components/${encodeURIComponent(component)}/${action}`);
}

async function launch(
  options: UpOptions & Required<Pick<UpOptions, "name" | "engines">>,
  directory: string,
  report: (line: string) => void,
): Promise<SandboxContext> {
  const { name, engines, scenario = engines === "all" } = options;
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([abort.signal, options.signal]) : abort.signal;
  const plan = await planCache();
  const listener = { report, progress: options.progress ?? ((): void => undefined) };
  const building = buildAll(listener, { signal, engines: engines === "all" });
  let supervisor: ChildProcess | undefined;
  try {
    // KWOK is the last program that the control plane needs: engines may be built while it runs.
    await Promise.race([whenExists(join(plan.binDirectory, "kwok"), signal), building]);
    await whenExists(plan.argocdCrds, signal);
    const { binDirectory, fluxCrds, argocdCrds } = plan;
    supervisor = spawnSupervisor({ name, directory, binDirectory, fluxCrds, argocdCrds, engines, scenario });
    const ready = whenReady(supervisor, signal, report, async () => {
      const record = await readRecord(name);
      if (record) options.onControlPlane?.(record);
    });
    // Whichever fails first ends the wait for both.
    await Promise.all([building, ready]);
    const context = await readContext(name);
    if (!context) throw new Error(`The sandbox ${name} went down again; see ${join(directory, "logs")}`);
    if (!options.attached) {
      supervisor.send("detach" satisfies LauncherMessage);
      await new Promise((resolve) => setImmediate(resolve));
      supervisor.disconnect();
      supervisor.unref();
    }
    return context;
  } catch (error) {
    abort.abort();
    // The supervisor ends everything by itself when its launcher turns away.
    if (supervisor?.connected) supervisor.disconnect();
    await Promise.allSettled([building, supervisor ? gone(supervisor) : undefined]);
    throw error;
  }
}

function spawnSupervisor(options: SupervisorOptions): ChildProcess {
  const log = openSync(join(options.directory, "logs", "supervisor.log"), "a");
  const program = join(import.meta.dirname, "process", "supervisor.ts");
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["ignore", log, log, "ipc"],
    detached: true,
  });
  closeSync(log);
  return child;
}

function whenReady(
  supervisor: ChildProcess,
  signal: AbortSignal,
  report: (line: string) => void,
  onControlPlane: () => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("The start was stopped.")), { once: true });
    supervisor.once("error", reject);
    supervisor.once("exit", () =>
      reject(new Error("The sandbox went down while it started; see logs/supervisor.log in its state folder.")),
    );
    supervisor.on("message", (message: SupervisorMessage) => {
      if (message.type === "line") report(message.text);
      else if (message.type === "control-plane") onControlPlane().catch(reject);
      else if (message.type === "failed") reject(new Error(message.reason));
      else resolve();
    });
  });
}

function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
