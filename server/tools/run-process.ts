import { spawn } from "node:child_process";
import { constants, getPriority, setPriority } from "node:os";
import type { ToolFault } from "./tools.ts";

/** One process to run. */
export interface ProcessStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeout: number;
  readonly maxOutput: number;
  readonly memoryLimit: number;
  /** Whether everything else goes first. */
  readonly background: boolean;
  readonly signal?: AbortSignal;
}

/** How it ended; with a `fault` it was stopped, or never started. */
export interface ProcessEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly fault?: ToolFault;
}

const maxStderr = 64 * 1024;

/**
 * Sets limits in a shell that then becomes the program: address space (where the system knows that limit) and no core dumps, which would hold
 * credentials. All values are arguments, none is part of the script.
 */
const limitScript = 'ulimit -c 0; ulimit -v "$1" 2>/dev/null; shift; exec "$@"';

/** How much less than this process what nobody waits for counts, as `nice` counts: by 10 it gets a tenth of a busy core. */
const behind = 10;

/** Runs a process in a group of its own, and kills the whole group when it takes too long, says too much or is not wanted any more. Never rejects. */
export function runProcess(start: ProcessStart): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    if (start.signal?.aborted) return resolve({ code: -1, stdout: "", stderr: "", fault: "aborted" });
    const kibibytes = String(Math.floor(start.memoryLimit / 1024));
    const child = spawn("/bin/sh", ["-c", limitScript, "sh", kibibytes, start.program, ...start.args], {
      cwd: start.cwd,
      env: start.environment as NodeJS.ProcessEnv,
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    if (start.background && child.pid !== undefined) yieldToOthers(child.pid);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let stdoutSize = 0;
    let stderrSize = 0;
    let fault: ToolFault | undefined;

    const stop = (reason: ToolFault): void => {
      fault ??= reason;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // The group has ended already.
      }
    };
    const timer = setTimeout(() => stop("timeout"), start.timeout);
    const onAbort = (): void => stop("aborted");
    start.signal?.addEventListener("abort", onAbort, { once: true });

    child.stdout.on("data", (chunk: Buffer) => {
      stdoutSize += chunk.length;
      if (stdoutSize > start.maxOutput) stop("output-limit");
      else stdout.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (stderrSize < maxStderr) stderr.push(chunk.subarray(0, maxStderr - stderrSize));
      stderrSize += chunk.length;
    });
    // A program that does not read its input closes the pipe; its exit code says what happened.
    child.stdin.on("error", () => undefined);
    child.stdin.end(start.stdin ?? "");
    child.on("error", () => {
      fault ??= "start";
      finish(-1);
    });
    child.on("close", (code) => finish(code ?? -1));

    function finish(code: number): void {
      clearTimeout(timer);
      start.signal?.removeEventListener("abort", onAbort);
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
        ...(fault ? { fault } : {}),
      });
    }
  });
}

/** What it starts inherits it, too. */
function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, Math.min(getPriority() + behind, constants.priority.PRIORITY_LOW));
  } catch {
    // It has ended already, or the system does not let it: it runs all the same.
  }
}
