import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

const execute = promisify(execFile);
const root = resolve(import.meta.dirname, "..");

/** The chart's folder. */
export const chartDirectory = join(root, "deploy", "helm", "driftglass");
/** The folder of the Kustomize manifests. */
export const kustomizeDirectory = join(root, "deploy", "kustomize");

const sandboxSchema = z.object({
  apiServerUrl: z.string(),
  binDirectory: z.string(),
  logins: z.array(z.object({ name: z.string(), kubeconfig: z.string() })),
});

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** One object of what a chart or a kustomization renders to. */
export type Manifest = z.infer<typeof manifestSchema>;

/** How a program ended, and all that it said. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Tests' hold on the sandbox's programs: the real helm, kubectl and kustomize, with the administrator's or somebody else's credentials. */
export class DeployFixture {
  readonly apiServerUrl: string;
  readonly #binDirectory: string;
  readonly #adminKubeconfig: string;
  readonly #directory: string;
  readonly #undo: (readonly string[])[] = [];

  static async open(): Promise<DeployFixture> {
    const sandbox = sandboxSchema.parse(JSON.parse(await readFile(process.env["DRIFTGLASS_SANDBOX"] ?? "", "utf8")));
    return new DeployFixture(sandbox, await mkdtemp(join(tmpdir(), "driftglass-deploy-")));
  }

  private constructor(sandbox: z.infer<typeof sandboxSchema>, directory: string) {
    this.apiServerUrl = sandbox.apiServerUrl;
    this.#binDirectory = sandbox.binDirectory;
    this.#adminKubeconfig = sandbox.logins.find(({ name }) => name === "admin")?.kubeconfig ?? "";
    this.#directory = directory;
  }

  /** Runs a program to its end, whatever that is. */
  async run(tool: "helm" | "kubectl" | "kustomize", args: readonly string[], kubeconfig?: string): Promise<Run> {
    const home = this.#directory;
    try {
      const { stdout, stderr } = await execute(join(this.#binDirectory, tool), [...args], {
        cwd: home,
        env: {
          NODE_ENV: "test",
          HOME: home,
          PATH: "/usr/bin:/bin",
          KUBECONFIG: kubeconfig ?? this.#adminKubeconfig,
        },
        timeout: 50_000,
        maxBuffer: 32 * 1024 * 1024,
      });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout = "", stderr = "" } = error as { code?: number; stdout?: string; stderr?: string };
      return { code: typeof code === "number" ? code : -1, stdout, stderr };
    }
  }

  /** Runs a program that has to succeed; what it wrote. */
  async must(tool: "helm" | "kubectl" | "kustomize", args: readonly string[], kubeconfig?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(tool, args, kubeconfig);
    if (code !== 0) throw new Error(`${tool} ${args.join(" ")} ended with ${code}:\n${stderr}${stdout}`);
    return stdout;
  }

  /** What the chart renders to with these `--set-json` values. */
  async render(values: Readonly<Record<string, unknown>> = {}, release = "driftglass"): Promise<Manifest[]> {
    const namespace = "--namespace=driftglass";
    return manifestsOf(await this.must("helm", ["template", release, chartDirectory, namespace, ...setJson(values)]));
  }

  /** A file of the fixture; its path. */
  async file(name: string, content: string): Promise<string> {
    const path = join(this.#directory, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }

  /** A namespace that admits pods of the `restricted` standard alone; it goes with `close`. */
  async restrictedNamespace(label: string): Promise<string> {
    const name = `deploy-${label}-${process.pid}-${Date.now().toString(36)}`;
    await this.must("kubectl", ["create", "namespace", name]);
    this.later(["delete", "namespace", name, "--wait=false"]);
    const level = ["enforce", "warn"].map((mode) => `pod-security.kubernetes.io/${mode}=restricted`);
    await this.must("kubectl", ["label", "namespace", name, ...level]);
    return name;
  }

  /** Runs this kubectl command at the end, the last first. */
  later(args: readonly string[]): void {
    this.#undo.unshift(args);
  }

  async close(): Promise<void> {
    for (const args of this.#undo) await this.run("kubectl", args);
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** The objects of a stream of YAML documents. */
export function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    const value: unknown = document.toJS();
    return value === null ? [] : [manifestSchema.parse(value)];
  });
}

/** Arguments that set values of a chart. */
export function setJson(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values).map(([path, value]) => `--set-json=${path}=${JSON.stringify(value)}`);
}

/** The only object of this kind. @throws Error when there is none, or another one */
export function one(manifests: readonly Manifest[], kind: string): Manifest {
  const found = manifests.filter((manifest) => manifest.kind === kind);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of kind ${kind}`);
  return found[0];
}
