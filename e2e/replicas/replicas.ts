import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxContext, SandboxLogin } from "../../sandbox/context.ts";
import { startDashboard, type Dashboard } from "../../sandbox/dashboard.ts";
import { kubectl } from "../../sandbox/scenario/actions.ts";
import { killTree, signalTree } from "../faults/kill.ts";
import { startRoundRobin, type RoundRobin } from "./round-robin.ts";

const namespace = "driftglass-sessions";

/** Several replicas that have their sessions in common, behind a proxy that knows nothing of sessions. */
export interface Replicas {
  readonly proxy: RoundRobin;
  readonly all: readonly Dashboard[];
  /** The one that serves the one session there is. */
  readonly home: () => Promise<Dashboard>;
  /** Ends one as a node that loses power would. */
  readonly kill: (replica: Dashboard) => void;
  /** Makes one stand still, with all that it has open, or go on. */
  readonly freeze: (replica: Dashboard, yes: boolean) => void;
  /** Starts one anew, under the same URL, that has ended. */
  readonly restart: (replica: Dashboard) => Promise<void>;
  /** Logs in at one of them. @returns the cookie */
  readonly logIn: (replica: Dashboard, name: SandboxLogin["name"]) => Promise<string>;
  /** Asks one of them. */
  readonly ask: (replica: Dashboard, cookie: string, path: string, method?: string) => Promise<Response>;
  /** What is kept of the sessions, as whoever may read the namespace sees it. */
  readonly kept: () => Promise<string>;
  stop(): Promise<void>;
}

/** Starts two, with an account that has the rights which the chart gives it. */
export async function startReplicas(
  sandbox: SandboxContext,
  environment: Record<string, string> = {},
): Promise<Replicas> {
  const folder = join(sandbox.stateDirectory, "replicas");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await kubectl(sandbox, ["create", "namespace", namespace]);
  await kubectl(sandbox, ["create", "serviceaccount", "driftglass", "-n", namespace]);
  const verbs = "--verb=get,list,watch,create,update,delete";
  await kubectl(sandbox, ["create", "role", "driftglass", "-n", namespace, verbs, "--resource=secrets"]);
  const account = `--serviceaccount=${namespace}:driftglass`;
  await kubectl(sandbox, ["create", "rolebinding", "driftglass", "-n", namespace, "--role=driftglass", account]);
  const { stdout: token } = await kubectl(sandbox, ["create", "token", "driftglass", "-n", namespace, "--duration=1h"]);
  const [admin] = sandbox.logins;
  if (!admin?.token) throw new Error("the sandbox has no login");
  const kubeconfig = join(folder, "kubeconfig");
  const text = readFileSync(admin.kubeconfig, "utf8").replaceAll(admin.token, token.trim());
  writeFileSync(kubeconfig, text, { mode: 0o600 });
  const keyFile = join(folder, "keys");
  writeFileSync(keyFile, randomBytes(48).toString("base64"), { mode: 0o600 });
  const proxy = await startRoundRobin();
  const log = join(sandbox.stateDirectory, "logs", "replicas.log");
  const start = (port?: number): Promise<Dashboard> =>
    startDashboard(sandbox, log, port, {
      DRIFTGLASS_MODE: "hosted",
      DRIFTGLASS_CLUSTERS: admin.kubeconfig,
      DRIFTGLASS_PUBLIC_URL: proxy.url,
      DRIFTGLASS_SESSIONS: `cluster:${namespace}`,
      DRIFTGLASS_SESSIONS_KUBECONFIG: kubeconfig,
      DRIFTGLASS_SESSION_KEY_FILE: keyFile,
      DRIFTGLASS_REPLICA_ADDRESS: "127.0.0.1",
      DRIFTGLASS_RECORDS: "off",
      ...environment,
    });
  const all = await Promise.all([start(), start()]);
  const headers = { origin: proxy.url, "content-type": "application/json" };
  const hasEnded = ({ process }: Dashboard): boolean => process.exitCode !== null || process.signalCode !== null;
  proxy.replicas = all.map(({ url }) => url);
  const sessionsOf = async ({ url }: Dashboard): Promise<number> => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return Number(/^driftglass_sessions (\d+)/m.exec(metrics)?.[1]);
  };
  return {
    proxy,
    all,
    home: async () => {
      for (const replica of all) if (!hasEnded(replica) && (await sessionsOf(replica)) > 0) return replica;
      throw new Error("no replica has a session");
    },
    kill: (replica) => killTree(replica.process.pid),
    freeze: (replica, yes) => signalTree(replica.process.pid, yes ? "SIGSTOP" : "SIGCONT"),
    restart: async (replica) => {
      all[all.indexOf(replica)] = await start(Number(new URL(replica.url).port));
    },
    logIn: async ({ url }, name) => {
      const answer = await fetch(`${url}/api/v1/session`, {
        method: "POST",
        headers,
        body: JSON.stringify({ token: sandbox.logins.find((login) => login.name === name)?.token }),
      });
      if (answer.status !== 201) throw new Error(`the login was refused: ${answer.status} ${await answer.text()}`);
      return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    },
    ask: ({ url }, cookie, path, method = "GET") => fetch(url + path, { method, headers: { ...headers, cookie } }),
    kept: async () => (await kubectl(sandbox, ["get", "secrets", "-n", namespace, "-o", "json"])).stdout,
    stop: async () => {
      for (const replica of all) if (!hasEnded(replica)) await replica.stop();
      await proxy.close();
      await kubectl(sandbox, ["delete", "namespace", namespace, "--timeout=60s"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
