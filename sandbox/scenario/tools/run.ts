import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { SandboxContext } from "../../context.ts";

/** How to run one program. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text for the program's standard input. */
  readonly input?: string | Buffer;
  /** The name the program is told it was called by. */
  readonly calledBy?: string;
  /** After this many milliseconds it is killed and counts as failed. Default 60 s. */
  readonly timeout?: number;
  /** Answer instead of throwing when it ends with another code than 0. */
  readonly mayFail?: boolean;
}

/** What a program that has ended left behind. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Thrown when a program fails; the message carries what it wrote. */
export class RunError extends Error {
  readonly result: RunResult;
  constructor(command: string, result: RunResult) {
    super(`${command}: ended with ${result.code}: ${(result.stderr || result.stdout).trim()}`);
    this.name = "RunError";
    this.result = result;
  }
}

/** Folder for what the scenario writes: work copies, packages, caches. Made on first use. */
export function scenarioDirectory(context: SandboxContext, ...path: string[]): string {
  const directory = join(context.stateDirectory, "scenario", ...path);
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** Environment of the scenario's programs: nothing of the user's own configuration, only this sandbox. */
export function scenarioEnvironment(context: SandboxContext): NodeJS.ProcessEnv {
  const home = scenarioDirectory(context, "home");
  return {
    NODE_ENV: "production",
    PATH: [context.binDirectory, process.env["PATH"] ?? ""].join(delimiter),
    HOME: home,
    KUBECONFIG: context.adminKubeconfig,
    KUBECACHEDIR: join(home, "kube-cache"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    NO_PROXY: "127.0.0.1,localhost",
    LC_ALL: "C",
  };
}

/**
 * Runs a program of the sandbox (or `git`) to its end.
 * @throws RunError when it ends with another code than 0 and `mayFail` is not set.
 */
export async function run(
  context: SandboxContext,
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await new Promise<RunResult>((resolve, reject) => {
    const environment = scenarioEnvironment(context);
    const child = spawn(program, [...args], {
      cwd: options.cwd ?? environment["HOME"],
      env: { ...environment, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: options.timeout ?? 60_000,
      killSignal: "SIGKILL",
      ...(options.calledBy === undefined ? {} : { argv0: options.calledBy }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? -1, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
  if (result.code !== 0 && options.mayFail !== true)
    throw new RunError(`${program} ${args.slice(0, 4).join(" ")}`, result);
  return result;
}
