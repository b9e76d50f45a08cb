import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { SandboxContext, SandboxLogin } from "../../sandbox/context.ts";
import { startDashboard, type Dashboard } from "../../sandbox/dashboard.ts";
import { startCuttableProxy, type CuttableProxy } from "./cuttable-proxy.ts";

/** A Driftglass server of a test's own, whose only way to the API server is a proxy that the test can cut. */
export interface FaultyDashboard {
  readonly dashboard: Dashboard;
  readonly proxy: CuttableProxy;
  stop(): Promise<void>;
}

/** Starts one; the production build is there already, because the suite's own server runs from it. */
export async function startFaultyDashboard(sandbox: SandboxContext, name: string): Promise<FaultyDashboard> {
  const proxy = await startCuttableProxy(sandbox.apiServerUrl);
  const directory = join(sandbox.stateDirectory, `faults-${name}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const logins = sandbox.logins.map((login): SandboxLogin => {
    const kubeconfig = join(directory, `${login.name}.yaml`);
    const text = readFileSync(login.kubeconfig, "utf8").replaceAll(sandbox.apiServerUrl, proxy.url);
    writeFileSync(kubeconfig, text, { mode: 0o600 });
    return { ...login, kubeconfig };
  });
  const log = join(sandbox.stateDirectory, "logs", `faults-${name}.log`);
  const dashboard = await startDashboard({ ...sandbox, logins }, log);
  return {
    dashboard,
    proxy,
    stop: async () => {
      await dashboard.stop();
      await proxy.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Somebody's session with a server, without a browser. */
export interface Client {
  readonly cookie: string;
  readonly list: () => Promise<ApplicationList>;
  act(unit: string, action: string, body: object): Promise<{ status: number; body: Record<string, unknown> }>;
  logOut(): Promise<void>;
}

/** Logs in with a person's token, or with their kubeconfig where they have none. @throws Error with the server's answer when that is refused */
export async function logIn(url: string, login: SandboxLogin): Promise<Client> {
  const headers = { origin: url, "content-type": "application/json" };
  const credentials =
    login.token === undefined ? { kubeconfig: readFileSync(login.kubeconfig, "utf8") } : { token: login.token };
  const answer = await fetch(`${url}/api/v1/session`, { method: "POST", headers, body: JSON.stringify(credentials) });
  if (!answer.ok) throw new Error(`the login was refused: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0] ?? "")
    .join("; ");
  return {
    cookie,
    list: async () => {
      const list = await fetch(`${url}/api/v1/applications`, { headers: { cookie } });
      if (!list.ok) throw new Error(`no list: ${list.status} ${await list.text()}`);
      return (await list.json()) as ApplicationList;
    },
    act: async (unit, action, body) => {
      const done = await fetch(`${url}/api/v1/applications/${unit}/actions/${action}`, {
        method: "POST",
        headers: { ...headers, cookie },
        body: JSON.stringify(body),
      });
      return { status: done.status, body: (await done.json()) as Record<string, unknown> };
    },
    logOut: async () => {
      await fetch(`${url}/api/v1/session`, { method: "DELETE", headers: { ...headers, cookie }, body: "{}" });
    },
  };
}
