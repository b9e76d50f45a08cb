import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { formatVersion, isAtLeast, parseVersion, type Version } from "./versions.ts";

const run = promisify(execFile);

/** A program of the machine that the sandbox can't build itself. */
export interface Tool {
  readonly command: string;
  readonly versionArguments: readonly string[];
  readonly minimum: Version;
  readonly purpose: string;
  readonly help: string;
  /** Debian package that brings it, where installing it quietly is fine. */
  readonly package?: string;
}

export const go: Tool = {
  command: "go",
  versionArguments: ["version"],
  minimum: [1, 26],
  purpose: "builds the control plane and the engines",
  help: "Install it from https://go.dev/dl/.",
};

export const git: Tool = {
  command: "git",
  versionArguments: ["--version"],
  minimum: [2, 30],
  purpose: "serves the scenario's repositories",
  help: "Install git 2.30 or newer with your system's package manager.",
};

export const redis: Tool = {
  command: "redis-server",
  versionArguments: ["--version"],
  minimum: [6],
  purpose: "is Argo CD's cache",
  help: "Install it with your system's package manager, e.g. `apt-get install redis-server`.",
  package: "redis-server",
};

/** A tool is absent or too old; the message names it and says what to do. */
export class MissingToolError extends Error {
  override name = "MissingToolError";
}

/** The message for a tool that isn't there, or undefined when what `--version` printed is new enough. */
export function judgeTool(tool: Tool, printed: string | undefined): string | undefined {
  const wanted = `${tool.command} ${formatVersion(tool.minimum)} or newer (it ${tool.purpose})`;
  if (printed === undefined)
    return `The sandbox needs ${wanted}, but there is no ${tool.command} in PATH. ${tool.help}`;
  const version = parseVersion(printed);
  if (!version) return `The sandbox needs ${wanted}, but "${printed.trim()}" names no version. ${tool.help}`;
  if (isAtLeast(version, tool.minimum)) return undefined;
  return `The sandbox needs ${wanted}, but found ${formatVersion(version)}. ${tool.help}`;
}

/**
 * Makes sure that the tools are there and new enough. A missing one with a Debian package is installed
 * where that needs no question (root and apt-get); otherwise throws MissingToolError for all at once.
 */
export async function requireTools(tools: readonly Tool[], report: (line: string) => void): Promise<void> {
  const problems = await Promise.all(
    tools.map(async (tool) => {
      const problem = judgeTool(tool, await printedVersion(tool));
      if (!problem || !tool.package || !(await install(tool.package, report))) return problem;
      return judgeTool(tool, await printedVersion(tool));
    }),
  );
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new MissingToolError(found.join("\n"));
}

async function printedVersion(tool: Tool): Promise<string | undefined> {
  try {
    const { stdout } = await run(tool.command, [...tool.versionArguments], {
      env: { ...process.env, GOTOOLCHAIN: "local" },
    });
    return stdout;
  } catch {
    return undefined;
  }
}

/** Installs a Debian package without starting its service; false where that isn't possible. */
async function install(name: string, report: (line: string) => void): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  report(`Installing ${name} with apt-get`);
  // RUNLEVEL=1 keeps the package's service from starting: the sandbox runs its own.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const options = ["-y", "-qq", "--no-install-recommends", name];
  try {
    await run("apt-get", ["install", ...options], { env }).catch(async () => {
      await run("apt-get", ["update", "-qq"], { env });
      await run("apt-get", ["install", ...options], { env });
    });
    return true;
  } catch {
    return false;
  }
}
