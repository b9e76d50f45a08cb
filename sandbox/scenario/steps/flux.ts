import type { Build } from "../build.ts";
import type { Snapshot } from "../tools/cluster.ts";
import { condition, field, isObserved, isReady, type KubeObject } from "../tools/objects.ts";
import { pushHeldCommits, type Repository } from "../tools/repositories.ts";

/** Objects that a person bootstraps Flux with are written as by the `flux` command, not as kubectl workloads. */
const fluxApply = ["apply", "--server-side", "--field-manager=flux"];

/** GitRepositories, settings and Kustomizations up to the newest commit, with one that fails to build. */
export async function applyKustomizations(build: Build, repositories: ReadonlyMap<string, Repository>): Promise<void> {
  const { waiting, kubectl, manifest, report } = build;
  await kubectl([
    ...fluxApply,
    ...["settings", "sources", "kustomizations"].flatMap((name) => ["-f", manifest(`flux/${name}.yaml`)]),
  ]);
  await waiting.until("the first revisions of doc-router and billing", (snapshot) =>
    ["doc-router-production", "doc-router-staging", "billing-reports"].every((name) => check(snapshot, name, isReady)),
  );
  report("Flux: first revisions applied, releasing the next ones");
  const hashes = new Map<string, string>();
  await Promise.all(
    ["doc-router", "billing"].map(async (name) => {
      const repository = repositories.get(name);
      if (repository === undefined) throw new Error(`no repository ${name}`);
      hashes.set(name, await pushHeldCommits(build.context, repository));
    }),
  );
  await reconcile(build, "flux-system", "gitrepository/doc-router", "gitrepository/billing");
  const isAt = (repository: string) => (object: KubeObject) =>
    isReady(object) && String(field(object, "status.lastAppliedRevision")).endsWith(hashes.get(repository) ?? "?");
  await waiting.until("the newest revisions of doc-router and billing", (snapshot) =>
    check(snapshot, "doc-router-production", isAt("doc-router")) &&
    check(snapshot, "doc-router-staging", isAt("doc-router")) &&
    check(snapshot, "billing", hasReason("BuildFailed")) &&
    check(snapshot, "billing-reports", hasReason("DependencyNotReady")),
  );
  report("Flux: doc-router at its newest revision, billing fails to build");
}

/** What comes from the OCI registry and the chart repository: a Kustomization, and HelmReleases with their upgrades. */
export async function applyPackaged(build: Build): Promise<void> {
  const { waiting, kubectl, manifest, report } = build;
  await kubectl([
    ...fluxApply,
    ...["settings", "sources-packaged", "kustomizations-packaged", "helmreleases"].flatMap((name) => ["-f", manifest(`flux/${name}.yaml`)]),
  ]);
  await Promise.all([upgradeGateway(build), failInvoiceRenderer(build)]);
  await waiting.until("the dashboards' release", (snapshot) => checkRelease(snapshot, "search", "dashboards", isReady));
  report("Flux: HelmReleases installed and upgraded");
}

async function upgradeGateway(build: Build): Promise<void> {
  const isAtRevision = (revision: number) => (snapshot: Snapshot) =>
    checkRelease(snapshot, "platform", "gateway", (object) => isReady(object) && field(object, "status.history.0.version") === revision);
  await build.waiting.until("the gateway's release", isAtRevision(1));
  build.report("Flux: gateway installed");
  await change(build, "platform", "helmrelease/gateway", "gateway-chart");
  await build.waiting.until("the gateway's second revision", isAtRevision(2));
  build.report("Flux: gateway at revision 2");
  await change(build, "platform", "helmrelease/gateway", "gateway-values");
  await build.waiting.until("the gateway's third revision", isAtRevision(3));
}

async function failInvoiceRenderer(build: Build): Promise<void> {
  await build.waiting.until("the invoice renderer's release", (s) => checkRelease(s, "billing", "invoice-renderer", isReady));
  build.report("Flux: invoice-renderer installed");
  await change(build, "billing", "helmrelease/invoice-renderer", "invoice-renderer-image");
  await build.waiting.until("the invoice renderer's rollback", (snapshot) =>
    checkRelease(snapshot, "billing", "invoice-renderer", (object) => condition(object, "Remediated")?.status === "True" && isObserved(object)),
  );
}

/** Suspends a Kustomization once it has been applied. */
export async function suspendIndexer(build: Build): Promise<void> {
  await build.waiting.until("search-indexer", (snapshot) => check(snapshot, "search-indexer", isReady));
  await change(build, "flux-system", "kustomization.kustomize.toolkit.fluxcd.io/search-indexer", "suspend");
}

/** Asks Flux to reconcile objects now, the way `flux reconcile` does. */
export async function reconcile(build: Build, namespace: string, ...objects: string[]): Promise<void> {
  const requestedAt = new Date().toISOString();
  await build.kubectl([
    ...["annotate", "--overwrite", "--field-manager=flux", "-n", namespace],
    ...objects,
    `reconcile.fluxcd.io/requestedAt=${requestedAt}`,
  ]);
}

async function change(build: Build, namespace: string, object: string, patch: string): Promise<void> {
  const file = build.manifest(`flux/changes/${patch}.yaml`);
  await build.kubectl(["patch", "-n", namespace, object, "--type=merge", "--field-manager=flux", `--patch-file=${file}`]);
}

function check(snapshot: Snapshot, name: string, predicate: (object: KubeObject) => boolean): boolean {
  const object = snapshot.get("Kustomization", "flux-system", name);
  return object !== undefined && predicate(object);
}

function checkRelease(snapshot: Snapshot, namespace: string, name: string, predicate: (object: KubeObject) => boolean): boolean {
  const object = snapshot.get("HelmRelease", namespace, name);
  return object !== undefined && predicate(object);
}

function hasReason(reason: string): (object: KubeObject) => boolean {
  return (object) => condition(object, "Ready")?.reason === reason;
}
