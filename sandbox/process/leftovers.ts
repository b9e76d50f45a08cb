import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { isAlive } from "../build/lock.ts";
import type { SandboxRecord } from "../state.ts";

/**
 * Ends what a supervisor left that could not clean up (killed, on a system without parent-death signals), and
 * the supervisor itself if it hangs. A process is only ended when its command line still belongs to this
 * sandbox, as ids are given anew.
 */
export async function endLeftovers(record: SandboxRecord): Promise<void> {
  const pids = [record.supervisor.pid, ...record.components.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))];
  for (const pid of pids) {
    if (isAlive(pid) && belongsTo(record, await commandLine(pid))) process.kill(pid, "SIGKILL");
  }
  for (let i = 0; i < 50 && pids.some(isAlive); i++) await sleep(50);
}

/** Whether a command line names the sandbox's state folder or one of its programs and ports. */
export function belongsTo(record: Pick<SandboxRecord, "stateDirectory" | "ports">, command: string): boolean {
  if (command.includes(`${record.stateDirectory}/`) || command.includes(`"${record.stateDirectory}"`)) return true;
  return Object.values(record.ports).some((port) =>
    new RegExp(`\\b127\\.0\\.0\\.1:${port}\\b|\\s${port}\\b`).test(command),
  );
}

async function commandLine(pid: number): Promise<string> {
  const printed = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return printed.stdout;
}
