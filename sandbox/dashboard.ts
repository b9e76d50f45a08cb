import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SandboxContext } from "./context.ts";
import { oidcClient } from "./servers/oidc-users.ts";

const root = resolve(import.meta.dirname, "..");
const start = join(root, "server", "start.ts");

/** A Driftglass server that follows a sandbox: the same production build that `npm start` runs. */
export interface Dashboard {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it; resolves when it has gone. */
  stop(): Promise<void>;
}

/** Builds the production server if its sources have changed. @throws Error when the build fails */
export function buildDashboard(): void {
  const build = spawnSync(process.execPath, [start, "--build-only"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (build.status !== 0) throw new Error("The dashboard could not be built.");
}

/** The environment that points Driftglass at a sandbox: its kubeconfigs, programs and artifact server. */
export function dashboardEnvironment(context: SandboxContext): Record<string, string> {
  return {
    DRIFTGLASS_MODE: "local",
    // A sandbox's contexts are nobody's secret; who shows what a link is for switches it on.
    DRIFTGLASS_LAUNCH: "off",
    DRIFTGLASS_KUBECONFIG: context.logins.map(({ kubeconfig }) => kubeconfig).join(delimiter),
    DRIFTGLASS_NAMESPACES: "team-a doc-router-staging",
    DRIFTGLASS_ARTIFACT_HOSTS: context.artifactHost,
    ...(context.argocdServer && { DRIFTGLASS_ARGOCD_SERVER: context.argocdServer.url }),
    DRIFTGLASS_HELM: join(context.binDirectory, "helm"),
    DRIFTGLASS_FLUX: join(context.binDirectory, "flux"),
    DRIFTGLASS_KUBECTL: join(context.binDirectory, "kubectl"),
    // Not among the records of whoever runs it, and gone with the sandbox.
    DRIFTGLASS_RECORDS: join(context.stateDirectory, "records"),
  };
}

/** The environment by which people can log in at the sandbox's OpenID provider. @param clientId one of those that the provider knows */
export function oidcEnvironment(
  stateDirectory: string,
  issuer: string,
  clientId: string = oidcClient,
): Record<string, string> {
  return {
    DRIFTGLASS_OIDC_ISSUER: issuer,
    DRIFTGLASS_OIDC_CLIENT_ID: clientId,
    DRIFTGLASS_OIDC_SCOPES: "openid profile groups offline_access",
    DRIFTGLASS_OIDC_CA_FILE: join(stateDirectory, "keys", "ca.crt"),
    DRIFTGLASS_OIDC_NAME: "Sandbox identity provider",
  };
}

/**
 * Starts the dashboard on a free port of the loopback and waits until it answers.
 *
 * @param logFile where its output goes @param environment what is set up otherwise than by {@link dashboardEnvironment} @throws Error when it ends or does not answer within a minute
 */
export async function startDashboard(
  context: SandboxContext,
  logFile: string,
  port?: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Dashboard> {
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const child = spawn(process.execPath, [start], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...dashboardEnvironment(context),
      ...environment,
      PORT: String(chosen),
      DRIFTGLASS_QUIET: "1",
    },
  });
  const log = createWriteStream(logFile, { flags: "a" });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await gone;
  };
  for (let tries = 0; tries < 2_400; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The dashboard ended right away; see ${logFile}.`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return { url, process: child, stop };
    await sleep(25);
  }
  await stop();
  throw new Error(`The dashboard did not answer at ${url} within a minute; see ${logFile}.`);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
