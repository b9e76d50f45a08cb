import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { EngineIo } from "#server/desired/io.ts";
import { credentialsFromKubeconfig } from "#server/kube/credentials.ts";
import { createDiscovery } from "#server/kube/discovery.ts";
import { createKubeClient } from "#server/kube/kube-client.ts";
import { ObjectStore } from "#server/kube/object-store.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import { Reflector } from "#server/kube/reflector.ts";
import type { StoreChange } from "#server/kube/store.ts";
import { createTools } from "#server/tools/create-tools.ts";

// For tests against a real control plane: DRIFTGLASS_SANDBOX is the path of a running sandbox's sandbox.json.
const sandboxSchema = z.object({
  binDirectory: z.string(),
  artifactHost: z.string(),
  logins: z.array(z.object({ name: z.string(), kubeconfig: z.string() })),
});

/** A kind to follow: `Kind.group` as kubectl writes it, and how. */
export interface Followed {
  readonly group: string;
  readonly kind: string;
  readonly depth?: "full" | "metadata";
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** One person's view of the sandbox, as far as desired state and drift need it. */
export interface SandboxIo {
  readonly io: EngineIo;
  readonly store: ObjectStore;
  onChanges(listener: (changes: readonly StoreChange[]) => void): void;
  /** Runs one of the sandbox's programs with that person's kubeconfig, and answers what it writes. */
  run(program: "kubectl" | "helm" | "flux", ...args: string[]): Promise<string>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** Logs in as one of the sandbox's people and follows these kinds; resolves when all are listed. */
export async function openSandbox(login: string, followed: readonly Followed[]): Promise<SandboxIo> {
  const sandbox = sandboxSchema.parse(JSON.parse(await readFile(process.env["DRIFTGLASS_SANDBOX"] ?? "", "utf8")));
  const kubeconfig = sandbox.logins.find(({ name }) => name === login)?.kubeconfig ?? "";
  const masker = createMasker();
  const client = createKubeClient(
    await credentialsFromKubeconfig(await readFile(kubeconfig, "utf8"), { local: true }),
    { masker },
  );
  const discovery = createDiscovery(client);
  await discovery.refresh();
  const store = new ObjectStore();
  const reflectors: Reflector[] = [];
  await Promise.all(
    followed.map(({ group, kind, ...options }) => {
      const resource = discovery.resolve({ group, kind });
      if (!resource) throw new Error(`the sandbox does not serve ${kind}.${group}`);
      return new Promise<void>((resolve, reject) => {
        const reflector = new Reflector({
          client,
          masker,
          resource,
          ...options,
          onBatch: (edits) => void store.apply(edits),
          onState: (state) => {
            if (state.state !== "synced" && state.state !== "syncing")
              return reject(new Error(`${kind}: ${state.state}`));
            store.setKindState({ group, kind }, { state: state.state });
            if (state.state === "synced") resolve();
          },
        });
        reflectors.push(reflector);
        void reflector.start();
      });
    }),
  );
  const tools = createTools({
    paths: { helm: join(sandbox.binDirectory, "helm"), flux: join(sandbox.binDirectory, "flux") },
    searchPath: "",
    maskText: (text) => masker.maskText(text),
  });
  return {
    io: { client, masker, discovery, store, tools, artifactHosts: [sandbox.artifactHost] },
    store,
    onChanges: (listener) => void store.subscribe(listener),
    run: async (program, ...args) => {
      const { stdout } = await run(join(sandbox.binDirectory, program), args, {
        env: { ...process.env, KUBECONFIG: kubeconfig },
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout;
    },
    close: async () => {
      await Promise.all(reflectors.map((reflector) => reflector.stop()));
      await client.close();
    },
  };
}
