import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { z } from "zod";

import type { SandboxContext } from "./context.ts";

const loginSchema = z.object({
  name: z.enum(["admin", "viewer", "team", "admin-certificate"]),
  description: z.string(),
  token: z.string().exactOptional(),
  kubeconfig: z.string(),
});

const componentSchema = z.object({
  name: z.string(),
  state: z.enum(["stopped", "starting", "running"]),
  pid: z.number().exactOptional(),
  restarts: z.number(),
  log: z.string(),
});

const contextSchema = z.object({
  name: z.string(),
  stateDirectory: z.string(),
  binDirectory: z.string(),
  adminKubeconfig: z.string(),
  apiServerUrl: z.string(),
  gitUrl: z.string(),
  registryHost: z.string(),
  chartRepositoryUrl: z.string(),
  chartRepositoryDirectory: z.string(),
  artifactHost: z.string(),
  argocdServer: z
    .object({
      url: z.string(),
      tokens: z.object({ reader: z.string(), guest: z.string(), expired: z.string() }),
    })
    .exactOptional(),
  oidcIssuer: z.string().exactOptional(),
  logins: z.array(loginSchema).readonly(),
});

const recordSchema = contextSchema.extend({
  /** `starting` until everything that was asked for runs and the scenario is in its intended state. */
  phase: z.enum(["starting", "ready", "failed"]),
  /** Which engines run beside the control plane. */
  engines: z.enum(["all", "none"]),
  /** Process that owns all others, and how to talk to it. */
  supervisor: z.object({ pid: z.number(), url: z.string(), token: z.string() }),
  ports: z.record(z.string(), z.number()),
  components: z.array(componentSchema),
});

export type ComponentRecord = z.infer<typeof componentSchema>;

/** Content of `sandbox.json`: the context and what is needed to look after the processes. */
export type SandboxRecord = SandboxContext & z.infer<typeof recordSchema>;

/** Folder that holds all sandboxes: `.sandbox` of the project, or DRIFTGLASS_SANDBOX_STATE. */
export function stateRoot(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment["DRIFTGLASS_SANDBOX_STATE"] || join(import.meta.dirname, "..", ".sandbox"));
}

/** Folder of one sandbox. Throws for names that would not be one plain folder. */
export function stateDirectory(name: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(name)) {
    throw new Error(`"${name}" can't name a sandbox: use lower-case letters, digits and dashes.`);
  }
  return join(stateRoot(), name);
}

/** Reads `sandbox.json`; undefined when there is none (never started, or it is being written first). */
export async function readRecord(name: string): Promise<SandboxRecord | undefined> {
  const text = await readFile(join(stateDirectory(name), "sandbox.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : recordSchema.parse(JSON.parse(text));
}

/** Replaces `sandbox.json` in one move; it holds tokens, so only its owner may read it. */
export async function writeRecord(record: SandboxRecord): Promise<void> {
  await mkdir(record.stateDirectory, { recursive: true });
  const path = join(record.stateDirectory, "sandbox.json");
  await writeFile(`${path}.partial`, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.partial`, path);
}

/** Names of all sandboxes that have a state folder. */
export async function listSandboxes(): Promise<string[]> {
  const entries = await readdir(stateRoot(), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
