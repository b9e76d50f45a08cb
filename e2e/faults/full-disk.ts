import { execFileSync } from "node:child_process";
import type { Dashboard } from "../../sandbox/dashboard.ts";
import { treeOf } from "./kill.ts";

/**
 * Has the system refuse whatever a server and its programs write to files from now on, in the middle of a write, as a full disk does (EFBIG for ENOSPC); or takes it
 * again. It is a limit of these processes alone, so that no disk has to be filled.
 */
export function fillDisk({ process }: Dashboard, full: boolean): void {
  for (const pid of treeOf(process.pid))
    execFileSync("prlimit", ["--pid", String(pid), `--fsize=${full ? "0" : "unlimited"}:unlimited`]);
}
