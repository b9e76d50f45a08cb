import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { SandboxContext } from "../context.ts";
import type { ExpectedApplication } from "./expected/application.ts";
import { fieldText, type KubeObject } from "./tools/objects.ts";
import { run, type RunOptions, type RunResult } from "./tools/run.ts";

/**
 * Things that tests do to a running scenario from outside Driftglass, with the real programs.
 * All of them throw `RunError` with the program's own words when it fails.
 */

/** Runs `kubectl` as the sandbox's administrator. */
export async function kubectl(
  context: SandboxContext,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return await run(context, "kubectl", args, options);
}

/** One object as JSON; undefined when it does not exist. `type` as kubectl takes it: `deployment`, `kustomizations.kustomize.toolkit.fluxcd.io`. */
export async function getObject(
  context: SandboxContext,
  type: string,
  namespace: string,
  name: string,
): Promise<KubeObject | undefined> {
  const { stdout } = await kubectl(context, ["get", type, name, "-n", namespace, "-o", "json", "--ignore-not-found"]);
  return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as KubeObject);
}

/** What {@link pushCommit} writes. `content` undefined deletes the file. */
export interface PushedCommit {
  /** Name of the repository: `doc-router`. */
  readonly repository: string;
  readonly path: string;
  readonly content: string | undefined;
  readonly message: string;
  /** `Name <address>`. */
  readonly author?: string;
}

/** Commits a change of one file to `main` and pushes it. Answers the commit's hash. */
export async function pushCommit(context: SandboxContext, commit: PushedCommit): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "driftglass-commit-"));
  try {
    const git = async (...args: string[]): Promise<RunResult> => await run(context, "git", args, { cwd: directory });
    await git("clone", "--quiet", "--branch=main", `${context.gitUrl}/${commit.repository}.git`, ".");
    const file = join(directory, commit.path);
    if (commit.content === undefined) {
      rmSync(file);
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, commit.content);
    }
    await git("add", "--all");
    const committer = ["-c", "user.name=Scenario", "-c", "user.email=scenario@example.com"];
    const author = commit.author ?? "Mara Lindqvist <mara.lindqvist@example.com>";
    await git(...committer, "commit", "--quiet", `--author=${author}`, "--message", commit.message);
    await git("push", "--quiet", "origin", "main");
    return (await git("rev-parse", "HEAD")).stdout.trim();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A file as `main` has it. */
export async function readCommitted(context: SandboxContext, repository: string, path: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "driftglass-read-"));
  try {
    await run(context, "git", [
      "clone",
      "--quiet",
      "--bare",
      "--depth=1",
      `${context.gitUrl}/${repository}.git`,
      directory,
    ]);
    return (await run(context, "git", ["show", `main:${path}`], { cwd: directory })).stdout;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Scales a workload with `kubectl scale`; `workload` is `deployment/NAME` or `statefulset/NAME`. */
export async function scale(
  context: SandboxContext,
  namespace: string,
  workload: string,
  replicas: number,
): Promise<void> {
  await kubectl(context, ["scale", "-n", namespace, workload, `--replicas=${replicas}`]);
}

/** Sets a container's image with `kubectl set image`. */
export async function setImage(
  context: SandboxContext,
  namespace: string,
  workload: string,
  container: string,
  image: string,
): Promise<void> {
  await kubectl(context, ["set", "image", "-n", namespace, workload, `${container}=${image}`]);
}

/** One line of `helm history`. */
export interface HelmRevision {
  readonly revision: number;
  readonly updated: string;
  readonly status: string;
  readonly chart: string;
  readonly app_version: string;
  readonly description: string;
}

/** `helm history`, oldest first. Releases that are stored in ConfigMaps need `driver: "configmap"`. */
export async function helmHistory(
  context: SandboxContext,
  namespace: string,
  name: string,
  driver: "secret" | "configmap" = "secret",
): Promise<HelmRevision[]> {
  const args = ["history", name, "-n", namespace, "--max", "256", "-o", "json"];
  const { stdout } = await run(context, "helm", args, { env: { HELM_DRIVER: driver } });
  return JSON.parse(stdout) as HelmRevision[];
}

/** The live value of the field that an application's expected drift names; undefined where it doesn't exist. */
export async function liveValue(
  context: SandboxContext,
  drift: ExpectedApplication["drift"],
): Promise<string | undefined> {
  if (drift.status !== "Drifted") return undefined;
  const object = await getObject(context, drift.kind, drift.namespace, drift.name);
  const value = drift.field === undefined ? undefined : fieldText(object, drift.field);
  return value !== undefined && drift.kind === "Secret" ? Buffer.from(value, "base64").toString() : value;
}

/** Makes an application's expected drift again. @throws Error for an application without a changed field. */
export async function repeatDrift(
  context: SandboxContext,
  { drift, name }: Pick<ExpectedApplication, "drift" | "name">,
): Promise<void> {
  if (drift.status !== "Drifted" || drift.field === undefined) throw new Error(`${name} has no changed field`);
  const value = drift.live ?? "";
  const workload = `${drift.kind.toLowerCase()}/${drift.name}`;
  const container = /containers\[name=([^\]]+)\]\.image$/.exec(drift.field)?.[1];
  const key = drift.field.split(".").at(-1) ?? "";
  if (drift.field === "spec.replicas") await scale(context, drift.namespace, workload, Number(value));
  else if (container !== undefined) await setImage(context, drift.namespace, workload, container, value);
  else if (drift.kind === "Secret") await patch(context, drift.namespace, workload, { stringData: { [key]: value } });
  else await patch(context, drift.namespace, workload, { metadata: { labels: { [key]: value } } });
}

async function patch(context: SandboxContext, namespace: string, object: string, content: unknown): Promise<void> {
  await kubectl(context, ["patch", "-n", namespace, object, "--patch", JSON.stringify(content)]);
}
