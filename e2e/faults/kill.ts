import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SandboxContext } from "../../sandbox/context.ts";
import { KubeClient } from "../../sandbox/cluster/kube-client.ts";
import type { FaultyDashboard } from "./faulty-dashboard.ts";

/** What is looked at to know how far an action has come: a path of the Kubernetes API, and when its answer says that the action is half done. */
export interface Midway {
  readonly path: string;
  /** @param before the path's answer before the action was asked for */
  readonly reached: (now: unknown, before: unknown) => boolean;
}

/** Milliseconds that each piece takes to the API server meanwhile: what takes a moment otherwise lasts long enough to be seen half done. */
const delay = 100;

/**
 * Asks for an action and ends the server as soon as the cluster shows that it is half done, as a node that loses power would.
 * @throws Error when the cluster does not show that within half a minute, with what the action answered if it has
 */
export async function killMidway(
  sandbox: SandboxContext,
  { dashboard, proxy }: FaultyDashboard,
  { path, reached }: Midway,
  act: () => Promise<unknown>,
): Promise<void> {
  // Read without a program's start, which would take longer than what is waited for.
  const client = await KubeClient.open(sandbox.apiServerUrl, join(sandbox.stateDirectory, "keys"));
  const before = await client.send("GET", path);
  proxy.slow(delay);
  let answer: unknown = "nothing";
  const asked = act().then(
    (said) => (answer = said),
    (error: unknown) => (answer = error),
  );
  const deadline = Date.now() + 30_000;
  while (!reached(await client.send("GET", path), before)) {
    if (Date.now() > deadline) throw new Error(`${path} shows nothing of the action, which answered ${said(answer)}`);
    await sleep(5);
  }
  killTree(dashboard.process.pid);
  await asked;
}

/** Ends a process and all that it has started, at once. */
export function killTree(pid: number | undefined): void {
  signalTree(pid, "SIGKILL");
}

/** Sends a signal to a process and all that it has started. */
export function signalTree(pid: number | undefined, signal: NodeJS.Signals): void {
  for (const each of treeOf(pid)) {
    try {
      process.kill(each, signal);
    } catch {
      // Gone already.
    }
  }
}

/** A process and all that it has started. @throws Error for one that was never started */
export function treeOf(pid: number | undefined): number[] {
  if (pid === undefined) throw new Error("the server has no process");
  return [pid, ...descendants(pid)];
}

function descendants(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
        .split(" ")
        .filter((child) => child !== "")
        .map(Number),
    );
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

function said(answer: unknown): string {
  return answer instanceof Error ? answer.message : JSON.stringify(answer);
}
