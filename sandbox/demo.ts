import { spawn } from "node:child_process";
import { join } from "node:path";
import { BuildError } from "./build/go-build.ts";
import { MissingToolError } from "./build/toolchain.ts";
import type { SandboxContext } from "./context.ts";
import { buildDashboard, startDashboard, type Dashboard } from "./dashboard.ts";
import { down, up } from "./lifecycle.ts";

/** `npm run demo`: everything from nothing to an open page. Ctrl-C ends all of it. */
const name = "demo";
const stopping = new AbortController();
let dashboard: Promise<Dashboard> | undefined;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());

try {
  buildDashboard();
  const context = await up(
    { name, attached: true, signal: stopping.signal, onControlPlane: (early) => void open(early) },
    say,
  );
  const { url } = await open(context);
  say(`\nEverything runs, and the scenario is in its intended state. ${url}\nCtrl-C ends all of it.\n`);
  await new Promise<void>((done) => {
    if (stopping.signal.aborted) done();
    else stopping.signal.addEventListener("abort", () => done());
  });
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(
      error instanceof MissingToolError || error instanceof BuildError || error instanceof Error
        ? `\n${error.message}`
        : error,
    );
    process.exitCode = 1;
  }
} finally {
  say("\nEnding the demo…");
  await dashboard?.then((running) => running.stop()).catch(() => undefined);
  await down(name);
}

/** Starts the dashboard as soon as people can log in; engines and scenario may still be on their way. */
function open(context: SandboxContext): Promise<Dashboard> {
  dashboard ??= startDashboard(context, join(context.stateDirectory, "logs", "dashboard.log")).then((running) => {
    announce(running.url, context);
    return running;
  });
  return dashboard;
}

function announce(url: string, context: SandboxContext): void {
  say(`\n  Driftglass   ${url}\n`);
  say("  Log in with one of these contexts (one click on the page), its kubeconfig, or its token:\n");
  for (const login of context.logins) {
    say(`  ${login.name.padEnd(18)} ${login.description}`);
    say(`  ${"".padEnd(18)} kubeconfig  ${login.kubeconfig}`);
    if (login.token !== undefined) say(`  ${"".padEnd(18)} token       ${login.token}`);
  }
  say("");
  if (process.stdout.isTTY && process.env["CI"] === undefined) openBrowser(url);
}

/** Opens the page where the desktop has a way to; everywhere else the printed URL has to do. */
function openBrowser(url: string): void {
  const program =
    process.platform === "darwin"
      ? "open"
      : process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]
        ? "xdg-open"
        : undefined;
  if (program)
    spawn(program, [url], { stdio: "ignore", detached: true })
      .on("error", () => undefined)
      .unref();
}

function say(line: string): void {
  console.log(line);
}
