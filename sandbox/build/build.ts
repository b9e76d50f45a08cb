import { execFile } from "node:child_process";
import { access, mkdir, rename, rm, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

import { moduleDirectory, planCache, type CachePlan, type StoredBinary } from "./cache.ts";
import { collectCrds, crdSources } from "./crds.ts";
import { prepareFluxModule } from "./flux-source.ts";
import { goBuild, runGo } from "./go-build.ts";
import { withLock } from "./lock.ts";
import { ProgressReporter } from "./report.ts";
import type { BuildStep } from "./steps.ts";
import { git, go, redis, requireTools } from "./toolchain.ts";

/** What a build tells its caller: whole lines to keep, and a line of progress that replaces itself. */
export interface BuildListener {
  readonly report: (line: string) => void;
  readonly progress: (line: string) => void;
}

/**
 * Makes every program of the sandbox available, building what the cache lacks, and returns where they are.
 * Whatever is finished survives an interruption. Throws MissingToolError or BuildError.
 */
export async function buildAll(
  listener: BuildListener,
  options: { signal: AbortSignal; engines: boolean },
): Promise<CachePlan> {
  const plan = await planCache();
  const needsRedis = options.engines ? [redis] : [];
  if (await isComplete(plan)) {
    await requireTools([git, ...needsRedis], listener.report);
    return plan;
  }
  await requireTools([go, git, ...needsRedis], listener.report);
  await mkdir(plan.root, { recursive: true });
  const onWait = (holder: number): void =>
    listener.report(`Another build (process ${holder}) is at work: waiting for it`);
  await withLock(join(plan.root, "build.lock"), onWait, () => buildMissing(plan, listener, options.signal));
  return plan;
}

/** Whether everything of a plan is in place, so that nothing needs Go. */
export async function isComplete(plan: CachePlan): Promise<boolean> {
  const names = plan.binaries.flatMap(({ step }) => [step.name, ...step.links]);
  const paths = [...names.map((name) => join(plan.binDirectory, name)), plan.fluxCrds, plan.argocdCrds];
  return (await Promise.all(paths.map(exists))).every(Boolean);
}

async function buildMissing(plan: CachePlan, listener: BuildListener, signal: AbortSignal): Promise<void> {
  await mkdir(plan.binDirectory, { recursive: true });
  const missing: StoredBinary[] = [];
  for (const binary of plan.binaries) {
    if ((await exists(binary.path)) || (await takeFromPath(binary))) await linkInto(plan.binDirectory, binary);
    else missing.push(binary);
  }
  // Before the long work, so that the control plane can start with all kinds while engines are being built.
  await collect("flux", plan.fluxCrds, signal);
  await collect("argocd", plan.argocdCrds, signal);
  const helper = join(plan.binDirectory, "sandbox-helper");
  const reporter = new ProgressReporter(
    missing.map(({ step }) => step),
    listener,
  );
  for (const binary of missing) {
    await mkdir(dirname(binary.path), { recursive: true });
    const guard = (await exists(helper)) ? helper : undefined;
    await reporter.during(binary.step, async (onPackage) => {
      const directory = await buildDirectory(plan, binary.step, signal);
      await goBuild(binary.step, directory, binary.path, { helper: guard, signal, onPackage });
    });
    await linkInto(plan.binDirectory, binary);
  }
}

async function buildDirectory(plan: CachePlan, step: BuildStep, signal: AbortSignal): Promise<string> {
  const module = moduleDirectory(step.module);
  if (step.module !== "flux") return module;
  const work = join(plan.root, "work", "flux");
  await prepareFluxModule(module, await moduleSource("github.com/fluxcd/flux2/v2", module, signal), work);
  return work;
}

async function collect(engine: keyof typeof crdSources, output: string, signal: AbortSignal): Promise<void> {
  if (await exists(output)) return;
  const folders: string[] = [];
  for (const { pinnedBy, module, folder } of crdSources[engine])
    folders.push(join(await moduleSource(module, moduleDirectory(pinnedBy), signal), folder));
  await collectCrds(folders, output);
}

/** Folder of a dependency in the module cache; downloads it when it isn't there. */
async function moduleSource(name: string, module: string, signal: AbortSignal): Promise<string> {
  const printed = await runGo(["mod", "download", "-json", name], module, { signal });
  const parsed: unknown = JSON.parse(printed);
  if (typeof parsed === "object" && parsed !== null && "Dir" in parsed && typeof parsed.Dir === "string")
    return parsed.Dir;
  throw new Error(`go knows no folder for ${name}`);
}

/** Stores a link to a program in PATH that has exactly the wanted version; false when there is none. */
async function takeFromPath({ step, path }: StoredBinary): Promise<boolean> {
  if (!step.inPath) return false;
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const candidate = join(folder, step.name);
    if (folder === "" || !(await exists(candidate))) continue;
    const printed = await promisify(execFile)(candidate, [...step.inPath.versionArguments]).catch(() => ({
      stdout: "",
    }));
    if (printed.stdout.trim() !== step.inPath.version) continue;
    await mkdir(dirname(path), { recursive: true });
    await replaceLink(candidate, path);
    return true;
  }
  return false;
}

async function linkInto(binDirectory: string, { step, path }: StoredBinary): Promise<void> {
  for (const name of [step.name, ...step.links]) await replaceLink(path, join(binDirectory, name));
}

/** A link that appears in one move, also over an older one. */
async function replaceLink(target: string, path: string): Promise<void> {
  const temporary = `${path}.${process.pid}.link`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
