import { join } from "node:path";
import type { SandboxContext } from "../context.ts";
import { Waiting } from "./tools/cluster.ts";
import { copyTree, type Placeholders } from "./tools/files.ts";
import { run, type RunOptions, type RunResult, scenarioDirectory } from "./tools/run.ts";

/** What all steps of the scenario share while it is built. */
export interface Build {
  readonly context: SandboxContext;
  readonly waiting: Waiting;
  readonly report: (line: string) => void;
  /** Runs `kubectl` as the sandbox's administrator. */
  readonly kubectl: (args: readonly string[], options?: RunOptions) => Promise<RunResult>;
  /** Path of a file or folder of `manifests`, with its placeholders filled. */
  readonly manifest: (path: string) => string;
}

const manifestsDirectory = join(import.meta.dirname, "manifests");

/** Placeholders for the addresses of this sandbox. */
export function addressPlaceholders(context: SandboxContext): Placeholders {
  return {
    GIT_URL: context.gitUrl,
    REGISTRY_HOST: context.registryHost,
    CHART_REPOSITORY_URL: context.chartRepositoryUrl,
  };
}

/** Starts a build: fills the placeholders of all manifests into a copy below the state folder. */
export function startBuild(context: SandboxContext, report: (line: string) => void): Build {
  const directory = scenarioDirectory(context, "manifests");
  copyTree(manifestsDirectory, directory, addressPlaceholders(context));
  return {
    context,
    waiting: new Waiting(context),
    report,
    kubectl: async (args, options) => await run(context, "kubectl", args, options),
    manifest: (path) => join(directory, path),
  };
}

/** Fills in what became known only after the start, the hashes of commits. */
export function fillManifests(build: Build, folder: string, placeholders: Placeholders): void {
  copyTree(build.manifest(folder), build.manifest(folder), placeholders);
}
