/** The programs that Driftglass runs. */
export type ToolName = "helm" | "flux" | "kubectl";

/** How one run of a program is set up. */
export interface ToolRun {
  /** Content of a kubeconfig (YAML) of the person for whom it runs; written 0600 into the run's private directory. */
  readonly kubeconfig?: string;
  /** Milliseconds until the process group is killed; 60,000 unless told. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly stdin?: string;
  /** Working directory; the run's private directory unless told. */
  readonly cwd?: string;
  /** Further private files by name (no directories), written 0600 before the start. */
  readonly files?: Readonly<Record<string, string>>;
  /** Settings that a program takes from its environment alone (`HELM_DRIVER`), added to the private one. Never credentials. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Nobody waits for it: it runs at a low priority, and one such program at a time, however many people are logged in. */
  readonly background?: boolean;
  /** Bytes of stdout that are allowed; 64 MiB unless told. */
  readonly maxOutput?: number;
}

/** Arguments, or a function that makes them from the run's private directory (where `files` are). */
export type ToolArguments = readonly string[] | ((directory: string) => readonly string[]);

/** How a run ended. `stdout` is raw: whoever asked masks it. `stderr` is masked and capped. */
export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why a program could not be run to its end; `full`: not begun, because its files could not be written. */
export type ToolFault = "missing" | "full" | "timeout" | "aborted" | "output-limit" | "start";

/** A program could not be run to its end. An exit code other than 0 is a {@link ToolResult}, not this. The message may be shown. */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly tool: ToolName;
  readonly fault: ToolFault;
  constructor(tool: ToolName, fault: ToolFault, message: string) {
    super(message);
    this.tool = tool;
    this.fault = fault;
  }
}

/** Runs the real programs, each in its own private home. */
export interface Tools {
  /** @throws ToolError when the program is missing, does not start, takes too long, says too much or is aborted. */
  run(tool: ToolName, args: ToolArguments, options?: ToolRun): Promise<ToolResult>;
  /** Path of the program, or undefined when there is none. */
  locate(tool: ToolName): Promise<string | undefined>;
}
