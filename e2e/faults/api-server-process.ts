import { readdirSync, readFileSync } from "node:fs";
import type { SandboxContext } from "../../sandbox/context.ts";

/** The process of a sandbox's API server, and of no other, with its arguments. @throws Error when there is none, or more than one */
export function apiServerProcess({ stateDirectory }: SandboxContext): { pid: number; args: readonly string[] } {
  const found = readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const [program = "", ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      const isOurs = program.endsWith("/kube-apiserver") && args.some((arg) => arg.includes(stateDirectory));
      return isOurs ? [{ pid: Number(pid), args }] : [];
    } catch {
      // It has ended.
      return [];
    }
  });
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`the sandbox has ${found.length} API servers`);
  return first;
}
