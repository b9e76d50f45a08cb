import { spawn } from "node:child_process";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { BuildStep } from "./steps.ts";

/** The build failed; the message carries the end of what the compiler said. */
export class BuildError extends Error {
  override name = "BuildError";
}

/** Settings of `go` that the machine may keep: where to download from, where its caches are. */
const keptVariables =
  /^(?:HOME|PATH|TMPDIR|XDG_.*|GOPATH|GOROOT|GOENV|GOCACHE|GOMODCACHE|GOPROXY|GONOPROXY|GOSUMDB|GONOSUMDB|GOPRIVATE|GOINSECURE|GOAUTH|NETRC|.*_PROXY|.*_proxy|SSL_CERT_.*|GIT_SSL_.*)$/;

/** Environment for `go`: nothing of the person's flags, no C compiler, no other toolchain. */
export function goEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => keptVariables.test(name));
  // GOFLAGS must not be empty: then the flags of `go env -w` would count.
  const clean = {
    NODE_ENV: environment.NODE_ENV,
    GOFLAGS: "-mod=readonly",
    GOWORK: "off",
    GOTOOLCHAIN: "local",
    CGO_ENABLED: "0",
  };
  return { ...Object.fromEntries(kept), ...clean };
}

/** Arguments of `go build` for a step; part of the cache key. */
export function goBuildArguments(step: BuildStep): string[] {
  const variables = Object.entries(step.variables).map(([name, value]) => `-X ${name}=${value}`);
  return ["build", "-buildvcs=false", `-ldflags=${["-s -w", ...variables].join(" ")}`, step.package];
}

/**
 * Runs `go build` for one step in `moduleDirectory` and puts the binary at `output` in one move, so that an
 * interrupted build leaves nothing half-written. `onPackage` is called for each package that gets compiled.
 */
export async function goBuild(
  step: BuildStep,
  moduleDirectory: string,
  output: string,
  options: { helper: string | undefined; signal: AbortSignal; onPackage: (name: string) => void },
): Promise<void> {
  const partial = join(dirname(output), `.${process.pid}-${step.name}.partial`);
  const [command, ...flags] = goBuildArguments(step);
  const goArguments = [command ?? "build", "-v", "-o", partial, ...flags];
  try {
    await runGo(goArguments, moduleDirectory, options);
    await rename(partial, output);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Runs `go`, nicely, dying with this process where the helper is there; resolves with its output. */
export function runGo(
  goArguments: readonly string[],
  directory: string,
  options: { helper?: string | undefined; signal: AbortSignal; onPackage?: (name: string) => void },
): Promise<string> {
  const guard = options.helper ? [options.helper, "run", String(process.pid)] : [];
  const [program = "go", ...rest] = [...guard, "nice", "-n", "5", "go", ...goArguments];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: directory,
      env: goEnvironment(process.env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = (): void => void child.kill("SIGINT");
    options.signal.addEventListener("abort", stop, { once: true });
    let output = "";
    const said: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split("\n").filter((line) => line !== "")) {
        said.push(line);
        if (said.length > 40) said.shift();
        options.onPackage?.(line);
      }
    });
    child.on("error", reject);
    child.on("close", (code) => {
      options.signal.removeEventListener("abort", stop);
      if (options.signal.aborted) reject(new BuildError("The build was stopped; the next start goes on from here."));
      else if (code === 0) resolve(output);
      else reject(new BuildError(`go ${goArguments[0]} failed in ${directory}:\n${said.join("\n")}`));
    });
  });
}
