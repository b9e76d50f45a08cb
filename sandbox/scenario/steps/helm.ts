import { spawn } from "node:child_process";
import type { Build } from "../build.ts";
import { chartPackage } from "../tools/packages.ts";
import { run, type RunResult, scenarioEnvironment } from "../tools/run.ts";

/** One `helm upgrade --install`. */
interface Upgrade {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  /** Files of `manifests/helm`, without `.yaml`. */
  readonly values: readonly string[];
  readonly set?: readonly string[];
  readonly description: string;
  readonly options?: readonly string[];
}

/** Six revisions, and the last of them runs. */
export async function metricsRelay(build: Build): Promise<void> {
  const release = { namespace: "platform", name: "metrics-relay", values: ["metrics-relay"] };
  const revisions: readonly (readonly [version: string, description: string, ...set: string[]])[] = [
    ["1.4.0", "First install"],
    ["1.4.0", "Relay 1.0.1", "image.tag=1.0.1"],
    ["1.4.0", "Relay 1.1.0 with a longer buffer", "image.tag=1.1.0", "settings.BUFFER=10m"],
    ["1.5.0", "House chart 1.5.0", "image.tag=1.1.0", "settings.BUFFER=10m"],
    ["1.5.0", "A second replica for the end of the month", "image.tag=1.1.0", "settings.BUFFER=10m", "replicas=2"],
    ["1.5.0", "Relay 1.2.0", "image.tag=1.2.0", "settings.BUFFER=10m", "replicas=2"],
  ];
  for (const [version, description, ...set] of revisions)
    await upgrade(build, { ...release, version, description, set });
}

/** Two good revisions, and an upgrade whose migration fails. */
export async function ledger(build: Build): Promise<void> {
  const release = { namespace: "billing", name: "ledger", version: "1.5.0" };
  await upgrade(build, { ...release, values: ["ledger"], description: "First install", set: ["image.tag=12.0.3"] });
  await upgrade(build, { ...release, values: ["ledger"], description: "Ledger 12.0.4" });
  const result = await upgrade(
    build,
    {
      ...release,
      values: ["ledger", "ledger-migration"],
      description: "Migrate the schema",
      options: ["--timeout=20s"],
    },
    true,
  );
  if (result.code === 0) throw new Error("the ledger's upgrade was to fail");
}

/** An upgrade whose `helm` process goes away while it waits for the migration: it stays pending. */
export async function queryCache(build: Build): Promise<void> {
  const release = { namespace: "search", name: "query-cache", version: "1.4.0" };
  await upgrade(build, { ...release, values: ["query-cache"], description: "First install" });
  const args = upgradeArguments(build, {
    ...release,
    values: ["query-cache", "query-cache-migration"],
    description: "Migrate the cache",
  });
  const helm = spawn("helm", args, { env: scenarioEnvironment(build.context), stdio: "ignore" });
  const ended = new Promise<void>((resolve, reject) => {
    helm.on("close", () => resolve());
    helm.on("error", reject);
  });
  // The Job appears only after the release has been recorded as pending.
  const job = ["wait", "--for=create", "job/query-cache-migration", "-n", "search", "--timeout=30s"];
  await build.kubectl(job).finally(() => helm.kill("SIGKILL"));
  await ended;
}

/** Written by Helm 3, as long-lived releases are. */
export async function legacyDns(build: Build): Promise<void> {
  const release = { namespace: "platform", name: "legacy-dns", values: ["legacy-dns"], version: "1.4.0" };
  await upgrade(build, { ...release, description: "First install" }, false, "helm3");
  await upgrade(build, { ...release, description: "Two replicas", set: ["replicas=2"] }, false, "helm3");
}

/** Stored in ConfigMaps. */
export async function featureFlags(build: Build): Promise<void> {
  const release = {
    namespace: "doc-router-staging",
    name: "feature-flags",
    values: ["feature-flags"],
    version: "1.5.0",
  };
  const env = { HELM_DRIVER: "configmap" };
  await upgrade(build, { ...release, description: "First install" }, false, "helm", env);
  await upgrade(
    build,
    { ...release, description: "Flags from the database", set: ["settings.PROVIDER=database"] },
    false,
    "helm",
    env,
  );
}

/** The team's own release; its Secret is changed by hand later. */
export async function notifier(build: Build): Promise<void> {
  const release = { namespace: "team-a", name: "notifier", values: ["notifier"], version: "1.5.0" };
  await upgrade(build, { ...release, description: "First install" });
  await upgrade(build, { ...release, description: "Notifier 0.5.0", set: ["image.tag=0.5.0"] });
}

async function upgrade(
  build: Build,
  release: Upgrade,
  mayFail = false,
  program: "helm" | "helm3" = "helm",
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  // Helm takes its field manager's name from the name it was called by.
  return await run(build.context, program, upgradeArguments(build, release), { mayFail, calledBy: "helm", env });
}

function upgradeArguments(
  build: Build,
  { namespace, name, version, values, set, description, options }: Upgrade,
): string[] {
  const common = ["upgrade", "--install", name, chartPackage(build.context, "web-service", version), "-n", namespace];
  const files = values.flatMap((file) => ["-f", build.manifest(`helm/${file}.yaml`)]);
  const assignments = (set ?? []).flatMap((assignment) => ["--set", assignment]);
  return [...common, ...files, ...assignments, "--description", description, ...(options ?? [])];
}
