import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Build } from "../build.ts";
import { type Address, apply, merge } from "../tools/api.ts";
import type { Snapshot } from "../tools/cluster.ts";
import { condition, field, fieldText, isObserved, isReady, type KubeObject } from "../tools/objects.ts";
import { pushHeldCommits, type Repository } from "../tools/repositories.ts";

/** Objects that a person bootstraps Flux with are written as by the `flux` command, not as kubectl workloads. */
const manager = "flux";

const apiVersions = {
  GitRepository: "source.toolkit.fluxcd.io/v1",
  Kustomization: "kustomize.toolkit.fluxcd.io/v1",
  HelmRelease: "helm.toolkit.fluxcd.io/v2",
} as const;

/** A Flux object by kind, namespace and name. */
type FluxRef = readonly [kind: keyof typeof apiVersions, namespace: string, name: string];

/** What Kustomizations and HelmReleases take their values from; the namespaces must exist. */
export async function applySettings({ context, manifest }: Build): Promise<void> {
  await apply(context, [manifest("namespaces.yaml"), manifest("flux/settings.yaml")], manager);
}

/** GitRepositories and Kustomizations up to the newest commit, with one that fails to build. */
export async function applyKustomizations(build: Build, repositories: ReadonlyMap<string, Repository>): Promise<void> {
  const { waiting, manifest, report } = build;
  const files = ["sources", "kustomizations"].map((name) => manifest(`flux/${name}.yaml`));
  await apply(build.context, files, manager);
  await nudgeDependents(build);
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
  await reconcile(build, ["GitRepository", "flux-system", "doc-router"], ["GitRepository", "flux-system", "billing"]);
  const isAt = (repository: string) => (object: KubeObject) =>
    isReady(object) &&
    fieldText(object, "status.lastAppliedRevision")?.endsWith(hashes.get(repository) ?? "?") === true;
  await waiting.until("doc-router-infrastructure at the newest commit", (s) =>
    check(s, "doc-router-infrastructure", isAt("doc-router")),
  );
  await reconcile(build, ["Kustomization", "flux-system", "doc-router-production"]);
  await waiting.until(
    "the newest revisions of doc-router and billing",
    (snapshot) =>
      check(snapshot, "doc-router-production", isAt("doc-router")) &&
      check(snapshot, "doc-router-staging", isAt("doc-router")) &&
      check(snapshot, "billing", hasReason("BuildFailed")) &&
      check(snapshot, "billing-reports", hasReason("DependencyNotReady")),
  );
  report("Flux: doc-router at its newest revision, billing fails to build");
}

/** What comes from the OCI registry and the chart repository: a Kustomization, and HelmReleases with their upgrades. */
export async function applyPackaged(build: Build): Promise<void> {
  const { waiting, manifest, report } = build;
  const files = ["sources-packaged", "kustomizations-packaged", "helmreleases", "notifications"].map((name) =>
    manifest(`flux/${name}.yaml`),
  );
  await apply(build.context, files, manager);
  await Promise.all([upgradeGateway(build), failInvoiceRenderer(build)]);
  await waiting.until("the dashboards' release", (snapshot) => checkRelease(snapshot, "search", "dashboards", isReady));
  report("Flux: HelmReleases installed and upgraded");
}

async function upgradeGateway(build: Build): Promise<void> {
  const isAtRevision = (revision: number) => (snapshot: Snapshot) =>
    checkRelease(
      snapshot,
      "platform",
      "gateway",
      (object) => isReady(object) && field(object, "status.history.0.version") === revision,
    );
  await build.waiting.until("the gateway's release", isAtRevision(1));
  build.report("Flux: gateway installed");
  await change(build, ["HelmRelease", "platform", "gateway"], "gateway-chart");
  await build.waiting.until("the gateway's second revision", isAtRevision(2));
  build.report("Flux: gateway at revision 2");
  await change(build, ["HelmRelease", "platform", "gateway"], "gateway-values");
  await build.waiting.until("the gateway's third revision", isAtRevision(3));
}

async function failInvoiceRenderer(build: Build): Promise<void> {
  await build.waiting.until("the invoice renderer's release", (s) =>
    checkRelease(s, "billing", "invoice-renderer", isReady),
  );
  build.report("Flux: invoice-renderer installed");
  await change(build, ["HelmRelease", "billing", "invoice-renderer"], "invoice-renderer-image");
  await build.waiting.until("the invoice renderer's rollback", (snapshot) =>
    checkRelease(
      snapshot,
      "billing",
      "invoice-renderer",
      (object) => condition(object, "Remediated")?.status === "True" && isObserved(object),
    ),
  );
}

/** Suspends a Kustomization once it has been applied. */
export async function suspendIndexer(build: Build): Promise<void> {
  await build.waiting.until("search-indexer", (snapshot) => check(snapshot, "search-indexer", isReady));
  await change(build, ["Kustomization", "flux-system", "search-indexer"], "suspend");
}

/** Asks Flux to reconcile objects now, the way `flux reconcile` does. */
export async function reconcile(build: Build, ...refs: readonly FluxRef[]): Promise<void> {
  const annotations = { "reconcile.fluxcd.io/requestedAt": new Date().toISOString() };
  await Promise.all(
    refs.map(async (ref) => await merge(build.context, address(ref), { metadata: { annotations } }, manager)),
  );
}

/** Flux looks at an unmet dependency again after its requeue interval, half a minute by default: too long here. */
async function nudgeDependents(build: Build): Promise<void> {
  const dependents = { "doc-router-infrastructure": "doc-router-production", billing: "billing-reports" };
  await Promise.all(
    Object.entries(dependents).map(async ([dependency, dependent]) => {
      await build.waiting.until(dependency, (snapshot) => check(snapshot, dependency, isReady));
      await reconcile(build, ["Kustomization", "flux-system", dependent]);
    }),
  );
}

async function change(build: Build, ref: FluxRef, patch: string): Promise<void> {
  const content: unknown = parse(readFileSync(build.manifest(`flux/changes/${patch}.yaml`), "utf8"));
  await merge(build.context, address(ref), content, manager);
}

function address([kind, namespace, name]: FluxRef): Address {
  return { apiVersion: apiVersions[kind], kind, metadata: { namespace, name } };
}

function check(snapshot: Snapshot, name: string, predicate: (object: KubeObject) => boolean): boolean {
  const object = snapshot.get("Kustomization", "flux-system", name);
  return object !== undefined && predicate(object);
}

function checkRelease(
  snapshot: Snapshot,
  namespace: string,
  name: string,
  predicate: (object: KubeObject) => boolean,
): boolean {
  const object = snapshot.get("HelmRelease", namespace, name);
  return object !== undefined && predicate(object);
}

function hasReason(reason: string): (object: KubeObject) => boolean {
  return (object) => condition(object, "Ready")?.reason === reason;
}
