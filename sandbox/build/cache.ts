import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { cacheKey, type CacheInput } from "./cache-key.ts";
import { goBuildArguments } from "./go-build.ts";
import { buildSteps, type BuildStep } from "./steps.ts";

/** Folder of a Go module of the sandbox. */
export function moduleDirectory(module: BuildStep["module"]): string {
  return join(import.meta.dirname, "..", "modules", module);
}

/** `~/.cache/driftglass/sandbox`, or below XDG_CACHE_HOME. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "driftglass", "sandbox");
}

/** Where one step's binary is kept: the folder `store/NAME-KEY`, which holds the binary under its own name. */
export interface StoredBinary {
  readonly step: BuildStep;
  readonly path: string;
}

/** What is built for the present sources: the programs, and the folder that holds a link to each. */
export interface CachePlan {
  readonly root: string;
  readonly binaries: readonly StoredBinary[];
  readonly binDirectory: string;
  readonly fluxCrds: string;
  readonly argocdCrds: string;
}

/** Computes the content hashes; reads go.mod, go.sum and our own Go files, writes nothing. */
export async function planCache(root = cacheDirectory()): Promise<CachePlan> {
  const keys = await Promise.all(buildSteps.map(async (step) => cacheKey(await inputsOf(step))));
  const binaries = buildSteps.map((step, i) => ({
    step,
    path: join(root, "store", `${step.name}-${keys[i]}`, step.name),
  }));
  const all = cacheKey(keys.map((key, i) => [buildSteps[i]?.name ?? "", key]));
  return {
    root,
    binaries,
    binDirectory: join(root, all, "bin"),
    fluxCrds: join(root, all, "crds", "flux.json"),
    argocdCrds: join(root, all, "crds", "argocd.json"),
  };
}

async function inputsOf(step: BuildStep): Promise<CacheInput[]> {
  const module = moduleDirectory(step.module);
  const files = ["go.mod", "go.sum"];
  // Upstream packages are pinned by go.sum; only our own sources can change without it.
  if (step.package.startsWith(".")) {
    const own = await readdir(join(module, step.package));
    files.push(...own.filter((name) => name.endsWith(".go")).map((name) => join(step.package, name)));
  }
  const contents = await Promise.all(
    files.map(async (file): Promise<CacheInput> => [file, await readFile(join(module, file), "utf8")]),
  );
  return [
    ...contents,
    ["arguments", JSON.stringify([...goBuildArguments(step), step.links])],
    ["platform", `${process.platform}/${process.arch}`],
  ];
}
