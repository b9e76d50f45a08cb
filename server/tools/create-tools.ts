import { diskFullMessage, isDiskFull } from "./disk-full.ts";
import { createPrivateHome } from "./private-home.ts";
import { locateTool, missingMessage } from "./locate.ts";
import { runProcess, type ProcessEnd } from "./run-process.ts";
import { Semaphore } from "./semaphore.ts";
import { ToolError, type ToolArguments, type ToolName, type ToolResult, type ToolRun, type Tools } from "./tools.ts";

/** How programs are found and limited. */
export interface ToolsConfig {
  /** Paths from the configuration; where absent, the search path decides. */
  readonly paths?: Partial<Readonly<Record<ToolName, string>>>;
  /** The server's own `PATH`. */
  readonly searchPath: string;
  /** Masks what programs say. */
  readonly maskText: (text: string) => string;
  /** Programs that may run at once; 2 unless told. */
  readonly concurrency?: number;
  /** Bytes of address space for one program; 8 GiB unless told (Go reserves far more than it uses). */
  readonly memoryLimit?: number;
}

const defaultTimeout = 60_000;
const defaultMaxOutput = 64 * 1024 * 1024;
const defaultMemoryLimit = 8 * 1024 ** 3;

/** The runner of the real programs; see {@link Tools}. */
export function createTools(config: ToolsConfig): Tools {
  const turns = new Semaphore(config.concurrency ?? 2);
  const background = new Semaphore(1);
  const locate = (tool: ToolName): Promise<string | undefined> =>
    locateTool(tool, config.paths?.[tool], config.searchPath);

  async function runOnce(tool: ToolName, args: ToolArguments, options: ToolRun): Promise<ToolResult> {
    const program = await locate(tool);
    if (program === undefined) throw new ToolError(tool, "missing", missingMessage(tool, config.paths?.[tool]));
    const home = await createPrivateHome({
      ...options.files,
      ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
    }).catch((error: unknown) => {
      throw isDiskFull(error) ? new ToolError(tool, "full", diskFullMessage(`${tool} can't be run`)) : error;
    });
    try {
      const timeout = options.timeout ?? defaultTimeout;
      const maxOutput = options.maxOutput ?? defaultMaxOutput;
      const end = await runProcess({
        program,
        args: typeof args === "function" ? args(home.directory) : args,
        cwd: options.cwd ?? home.directory,
        environment: { ...options.environment, ...home.environment },
        timeout,
        maxOutput,
        memoryLimit: config.memoryLimit ?? defaultMemoryLimit,
        background: options.background ?? false,
        ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
        ...(options.signal ? { signal: options.signal } : {}),
      });
      if (end.fault) throw new ToolError(tool, end.fault, faultMessage(tool, end, timeout, maxOutput));
      return {
        code: end.code,
        stdout: end.stdout,
        stderr: config.maskText(end.stderr.replaceAll(home.directory, "…")),
      };
    } finally {
      await home.remove();
    }
  }

  return {
    locate,
    run: (tool, args, options = {}) =>
      (options.background === true ? background : turns)
        .run(() => runOnce(tool, args, options), options.signal)
        .catch((error: unknown) => {
          if (options.signal?.aborted && !(error instanceof ToolError))
            throw new ToolError(tool, "aborted", `${tool} was stopped before it started.`);
          throw error;
        }),
  };
}

function faultMessage(tool: ToolName, end: ProcessEnd, timeout: number, maxOutput: number): string {
  if (end.fault === "timeout") return `${tool} took longer than ${Math.round(timeout / 1000)} s and was stopped.`;
  if (end.fault === "output-limit")
    return `${tool} wrote more than ${Math.round(maxOutput / 1024 ** 2)} MiB and was stopped.`;
  return end.fault === "aborted" ? `${tool} was stopped.` : `${tool} could not be started.`;
}
