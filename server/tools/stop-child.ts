import type { ChildProcess } from "node:child_process";

/** How long a process may take to end when it was asked to. */
const patience = 10_000;

/**
 * Asks a process to end, and ends it when it has not done so in time: Node's own exit can wait for ever for its threads, and whoever pressed Ctrl-C
 * would be left with a server that holds its port.
 *
 * @param grace milliseconds until it is ended; a process that ends by itself before is left alone
 */
export function stopChild(child: ChildProcess, grace: number = patience): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), grace);
  child.once("exit", () => clearTimeout(timer));
}
