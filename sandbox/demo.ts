import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { BuildError } from "./build/go-build.ts";
import { MissingToolError } from "./build/toolchain.ts";
import type { SandboxContext } from "./context.ts";
import { buildDashboard, oidcEnvironment, startDashboard, type Dashboard } from "./dashboard.ts";
import { down, up } from "./lifecycle.ts";
import { oidcUsers } from "./servers/oidc-users.ts";

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
  const token = randomBytes(24).toString("base64url");
  const environment = {
    DRIFTGLASS_LAUNCH: "link",
    DRIFTGLASS_LAUNCH_TOKEN: token,
    ...(context.oidcIssuer !== undefined && oidcEnvironment(context.stateDirectory, context.oidcIssuer)),
  };
  const log = join(context.stateDirectory, "logs", "dashboard.log");
  dashboard ??= startDashboard(context, log, undefined, environment).then((running) => {
    announce(`${running.url}/api/v1/launch?token=${token}`, context);
    return running;
  });
  return dashboard;
}

function announce(url: string, context: SandboxContext): void {
  say(`\n  Driftglass   ${url}\n`);
  say("  The link works once; the next one is in the dashboard's log. Log in with one of these contexts (under");
  say("  “This machine” on the page), its kubeconfig, or its token:\n");
  for (const login of context.logins) {
    say(`  ${login.name.padEnd(18)} ${login.description}`);
    say(`  ${"".padEnd(18)} kubeconfig  ${login.kubeconfig}`);
    if (login.token !== undefined) say(`  ${"".padEnd(18)} token       ${login.token}`);
  }
  say("  Or at the sandbox's identity provider, as:\n");
  for (const { name: user, password, groups } of oidcUsers)
    say(`  ${user.padEnd(18)} password ${password}, of ${groups.join(", ")}`);
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
