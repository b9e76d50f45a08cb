import type { SandboxContext } from "../context.ts";
import { addressPlaceholders, type Build, fillManifests, startBuild } from "./build.ts";
import { applyApplications } from "./steps/argocd.ts";
import {
  driftFromDashboards,
  driftFromIndexer,
  driftFromKustomizations,
  driftFromLandingPage,
  driftFromNotifier,
  driftFromSessionStore,
  scaleAuditLog,
} from "./steps/drift.ts";
import { applyKustomizations, applyPackaged, applySettings, suspendIndexer } from "./steps/flux.ts";
import { featureFlags, ledger, legacyDns, metricsRelay, notifier, queryCache } from "./steps/helm.ts";
import { applyWorkloads } from "./steps/kubectl.ts";
import { publishCharts, pushArtifacts } from "./tools/packages.ts";
import { buildRepository, commitPlaceholders, type Repository, repositoryNames } from "./tools/repositories.ts";

export { scenarioReady } from "./ready.ts";

/**
 * Builds the whole scenario on a fresh sandbox: repositories, charts and artifacts, the applications of every engine,
 * and then what people changed by hand. Resolves when all steps are done; {@link scenarioReady} tells when the
 * controllers have caught up.
 *
 * @param report gets one line for each part that is done.
 * @throws Error naming the step that failed.
 */
export async function applyScenario(context: SandboxContext, report: (line: string) => void): Promise<void> {
  const started = Date.now();
  const build = startBuild(context, (line) =>
    report(`${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${line}`),
  );
  const namespaces = applySettings(build);
  const repositories = buildRepositories(build);
  const packages = publishPackages(build);
  const after = async (...conditions: Promise<unknown>[]): Promise<void> => void (await Promise.all(conditions));
  await Promise.all([
    after(namespaces, repositories).then(() => kustomizations(build, repositories)),
    after(namespaces, packages).then(() => packaged(build)),
    after(namespaces, repositories, packages).then(() => applications(build)),
    after(namespaces, packages).then(() => releases(build)),
    namespaces.then(() => workloads(build)),
  ]);
  build.report("The scenario is applied");
}

async function buildRepositories(build: Build): Promise<ReadonlyMap<string, Repository>> {
  const placeholders = addressPlaceholders(build.context);
  const repositories = await Promise.all(
    repositoryNames().map((name) => buildRepository(build.context, name, placeholders)),
  );
  fillManifests(build, "argocd", commitPlaceholders(repositories));
  build.report("Git repositories pushed");
  return new Map(repositories.map((repository) => [repository.name, repository]));
}

async function publishPackages(build: Build): Promise<void> {
  await Promise.all([publishCharts(build.context), pushArtifacts(build.context, addressPlaceholders(build.context))]);
  build.report("Charts and artifacts published");
}

async function kustomizations(build: Build, repositories: Promise<ReadonlyMap<string, Repository>>): Promise<void> {
  const apply = applyKustomizations(build, await repositories).then(() => driftFromKustomizations(build));
  await Promise.all([apply, suspendIndexer(build).then(() => driftFromIndexer(build))]);
}

async function packaged(build: Build): Promise<void> {
  await applyPackaged(build);
  await driftFromDashboards(build);
}

async function applications(build: Build): Promise<void> {
  await applyApplications(build);
  await Promise.all([driftFromSessionStore(build), scaleAuditLog(build)]);
}

async function releases(build: Build): Promise<void> {
  const runs = [
    ledger,
    queryCache,
    featureFlags,
    () => notifier(build).then(() => driftFromNotifier(build)),
    legacyDns,
  ];
  // Three at a time: each is mostly the work of a `helm` process, and the controllers need the processor too.
  await Promise.all([metricsRelay(build), inTurn(build, runs.slice(0, 2)), inTurn(build, runs.slice(2))]);
  build.report("Helm: releases installed and upgraded");
}

async function inTurn(build: Build, runs: readonly ((build: Build) => Promise<void>)[]): Promise<void> {
  for (const step of runs) await step(build);
}

async function workloads(build: Build): Promise<void> {
  await applyWorkloads(build);
  await driftFromLandingPage(build);
}
