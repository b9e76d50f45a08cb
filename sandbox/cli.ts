import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { BuildError } from "./build/go-build.ts";
import { isAlive } from "./build/lock.ts";
import { MissingToolError } from "./build/toolchain.ts";
import type { SandboxContext } from "./context.ts";
import { actOnComponent, down, up } from "./lifecycle.ts";
import { componentActions } from "./process/component-set.ts";
import { listSandboxes, readRecord, stateDirectory, type SandboxRecord } from "./state.ts";
import { TerminalOutput } from "./terminal-output.ts";

const usage = `npm run sandbox -- COMMAND [--name NAME]

  up                 build what is missing (once, about 13 minutes) and start; --engines none: control plane
                     only; --no-scenario: empty; --foreground: ends with Ctrl-C
  down               end it, every process
  reset              down and up again, on fresh state
  status             what runs where
  logs NAME          a component's log (names: see status); --follow
  kubeconfig [LOGIN] path of a kubeconfig; LOGIN is admin, viewer, team or admin-certificate
  start|stop|restart|kill NAME   one component, on the same port and data
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    name: { type: "string" },
    engines: { type: "string", default: "all" },
    scenario: { type: "boolean" },
    foreground: { type: "boolean", default: false },
    follow: { type: "boolean", short: "f", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const [command, argument] = positionals;
const { name = "default" } = values;

try {
  await main();
} catch (error) {
  const expected = error instanceof MissingToolError || error instanceof BuildError;
  console.error(expected || !process.env["DEBUG"] ? (error instanceof Error ? error.message : error) : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const action = componentActions.find((one) => one === command);
  if (values.help || !command) {
    console.log(usage);
    return;
  }
  if (action && argument) return actOnComponent(argument, action, name);
  switch (command) {
    case "up":
      return start();
    case "reset":
      await down(name);
      return start();
    case "down":
      await down(name);
      console.log(`The sandbox ${name} is down.`);
      return;
    case "status":
      return status();
    case "logs":
      return showLog();
    case "kubeconfig":
      console.log(await kubeconfig());
      return;
    default:
      console.error(`There is no command "${[command, argument].filter(Boolean).join(" ")}".\n\n${usage}`);
      process.exitCode = 2;
  }
}

async function start(): Promise<void> {
  const { engines, scenario } = values;
  if (engines !== "all" && engines !== "none") throw new Error("--engines is all or none");
  const abort = new AbortController();
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        abort.abort();
        resolve();
      });
    }
  });
  const output = new TerminalOutput(process.stdout);
  const context = await up(
    {
      name,
      engines,
      signal: abort.signal,
      attached: values.foreground,
      progress: (line) => output.progress(line),
      ...(scenario === undefined ? {} : { scenario }),
    },
    (line) => output.line(line),
  );
  describe(context);
  if (!values.foreground) return;
  console.log("Ctrl-C ends it.");
  await Promise.race([interrupted, orphaned()]);
  await down(name);
}

/** Resolves when the process that started this one has gone without a word (npm was killed, say). */
async function orphaned(): Promise<void> {
  const parent = process.ppid;
  while (process.ppid === parent) await sleep(500);
}

function describe(context: SandboxContext): void {
  console.log(`\n${context.name}: ${context.apiServerUrl}`);
  for (const { name: login, description, kubeconfig: path } of context.logins) {
    console.log(`  ${login.padEnd(18)} ${description}\n  ${"".padEnd(18)} ${path}`);
  }
}

async function status(): Promise<void> {
  const names = values.name ? [values.name] : await listSandboxes();
  const records = (await Promise.all(names.map(readRecord))).filter((record) => record !== undefined);
  if (records.length === 0) console.log("No sandbox is running.");
  for (const record of records) describeRecord(record);
}

function describeRecord(record: SandboxRecord): void {
  const alive = isAlive(record.supervisor.pid);
  describe(record);
  console.log(`  ${alive ? record.phase : "its supervisor has gone"}, state in ${record.stateDirectory}`);
  for (const component of record.components) {
    const restarts = component.restarts > 0 ? `, restarted ${component.restarts} times` : "";
    const state = alive ? component.state : "stopped";
    console.log(`  ${component.name.padEnd(30)} ${state.padEnd(9)} ${component.pid ?? "-"}${restarts}`);
  }
}

async function showLog(): Promise<void> {
  if (!argument || !/^[\w-]+$/.test(argument)) throw new Error("logs needs the name of a component, see status");
  const path = join(stateDirectory(name), "logs", `${argument}.log`);
  const child = spawn("tail", [...(values.follow ? ["-f"] : []), "-n", "200", path], { stdio: "inherit" });
  process.exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
}

async function kubeconfig(): Promise<string> {
  const record = await readRecord(name);
  if (!record) throw new Error(`The sandbox ${name} isn't running.`);
  if (!argument) return record.adminKubeconfig;
  const login = record.logins.find((one) => one.name === argument);
  if (!login)
    throw new Error(`There is no login ${argument}; there are ${record.logins.map((one) => one.name).join(", ")}.`);
  return login.kubeconfig;
}
