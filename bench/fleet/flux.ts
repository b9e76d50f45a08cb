import { artifactOf, pathOf, repositoryOf, revisionOf } from "./artifacts.ts";
import {
  countOf,
  inventoryOf,
  largeOf,
  nameOf,
  objectsOf,
  ownedBy,
  type Fleet,
  type InventoryObject,
  type Owner,
  type Planned,
} from "./plan.ts";
import { createRandom } from "./random.ts";
import { unitName } from "./unit-name.ts";

const sourceNamespace = "flux-system";
const time = "2026-11-20T09:00:00Z";

/** The repositories that the Kustomizations read from, each with its artifact; one in fifty could not be fetched lately. */
export function* gitRepositories(fleet: Fleet): Iterable<Planned> {
  for (let index = 0; index < countOf(fleet, "gitRepositories"); index += 1) yield gitRepository(index, fleet);
}

function gitRepository(index: number, fleet: Fleet): Planned {
  const artifact = artifactOf(index, fleet);
  const failed = createRandom(`repository ${index}`).next() < 0.02;
  const name = nameOf("repo", index);
  return {
    object: {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      metadata: { name, namespace: sourceNamespace },
      spec: { interval: "10m", timeout: "60s", url: `https://git.example.com/${name}.git`, ref: { branch: "main" } },
    },
    status: {
      observedGeneration: 1,
      artifact,
      conditions: [
        failed
          ? condition(
              "Ready",
              "False",
              "GitOperationFailed",
              "failed to checkout and determine revision: unable to clone: context deadline exceeded",
            )
          : condition("Ready", "True", "Succeeded", `stored artifact for revision '${artifact.revision}'`),
        condition("ArtifactInStorage", "True", "Succeeded", `stored artifact for revision '${artifact.revision}'`),
      ],
    },
  };
}

/** Kustomizations with an inventory of 20 and a history of 3; of a hundred about 86 are ready, 8 failed and 6 wait or work. */
export function* kustomizations(fleet: Fleet): Iterable<Planned> {
  for (let index = 0; index < countOf(fleet, "kustomizations"); index += 1)
    yield kustomization(index, fleet, inventoryOf({ engine: "flux-kustomization", index }, fleet));
}

/** The Kustomizations of `largeOf`, and the repository that one of them has of its own. */
export function largeKustomizations(fleet: Fleet): Planned[] {
  const large = Object.values(largeOf(fleet)).map(({ index, workloads }) =>
    kustomization(index, fleet, objectsOf(workloads)),
  );
  return [gitRepository(countOf(fleet, "gitRepositories"), fleet), ...large];
}

function kustomization(index: number, fleet: Fleet, inventory: readonly InventoryObject[]): Planned {
  const repository = repositoryOf(index, fleet);
  const revision = revisionOf(repository);
  const random = createRandom(`kustomization ${index}`);
  return {
    object: {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { ...unitName({ engine: "flux-kustomization", index }), labels: { team: `squad-${index % 12}` } },
      spec: {
        interval: "10m",
        path: `./${pathOf(index)}`,
        prune: false,
        sourceRef: { kind: "GitRepository", name: nameOf("repo", repository), namespace: sourceNamespace },
        timeout: "5m",
        ...(random.next() < 0.03 && { suspend: true }),
      },
    },
    status: {
      observedGeneration: 1,
      lastAppliedRevision: revision,
      lastAttemptedRevision: revision,
      conditions: kustomizationConditions(random.next(), revision),
      history: Array.from({ length: 3 }, (_, age) => ({
        digest: `sha256:${random.hex(64)}`,
        firstReconciled: `2026-11-${18 - 4 * age}T08:00:00Z`,
        lastReconciled: `2026-11-${20 - 4 * age}T08:59:00Z`,
        lastReconciledDuration: "1.284s",
        lastReconciledStatus: "ReconciliationSucceeded",
        totalReconciliations: 200 + age,
        metadata: { revision: age === 0 ? revision : `main@sha1:${random.hex(40)}` },
      })),
      inventory: { entries: inventoryEntries(inventory) },
    },
  };
}

function kustomizationConditions(luck: number, revision: string): unknown[] {
  if (luck < 0.08)
    return [
      condition(
        "Ready",
        "False",
        "BuildFailed",
        "kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'worker.yaml'",
      ),
    ];
  if (luck < 0.11)
    return [condition("Ready", "False", "DependencyNotReady", "dependency 'flux-system/infrastructure' is not ready")];
  if (luck < 0.14)
    return [
      condition("Reconciling", "True", "Progressing", "running health checks for revision"),
      condition("Ready", "Unknown", "Progressing", "reconciliation in progress"),
    ];
  return [
    condition("Ready", "True", "ReconciliationSucceeded", `Applied revision: ${revision}`),
    condition("Healthy", "True", "Succeeded", "Health check passed in 31.4ms"),
  ];
}

/** HelmReleases with a history of two Helm revisions and the inventory that helm-controller keeps since Flux 2.8. */
export function* helmReleases(fleet: Fleet): Iterable<Planned> {
  for (let index = 0; index < countOf(fleet, "helmReleases"); index += 1) {
    const owner: Owner = { engine: "flux-helmrelease", index };
    const { namespace, name } = unitName(owner);
    const random = createRandom(`helmrelease ${index}`);
    const message = `Helm upgrade succeeded for release ${namespace}/${name}.v2 with chart web-service@1.5.0`;
    const failed = random.next() < 0.06;
    const resources = inventoryOf(owner, fleet).slice(0, 3 * ownedBy(owner).length);
    yield {
      object: {
        apiVersion: "helm.toolkit.fluxcd.io/v2",
        kind: "HelmRelease",
        metadata: { namespace, name, labels: { team: `squad-${index % 12}` } },
        spec: {
          interval: "1h",
          chart: {
            spec: {
              chart: "web-service",
              version: "1.5.x",
              sourceRef: { kind: "GitRepository", name: nameOf("repo", index), namespace: sourceNamespace },
            },
          },
          values: { replicas: 2, image: { repository: `registry.example.com/${name}`, tag: `1.0.${index}` } },
        },
      },
      status: {
        observedGeneration: 1,
        storageNamespace: namespace,
        helmChart: `${sourceNamespace}/${namespace}-${name}`,
        lastAttemptedRevision: "1.5.0",
        conditions: failed
          ? [
              condition(
                "Ready",
                "False",
                "UpgradeFailed",
                `Helm upgrade failed for release ${namespace}/${name} with chart web-service@1.5.0: timeout waiting for: [Deployment]`,
              ),
              condition("Released", "False", "UpgradeFailed", "timeout waiting for: [Deployment]"),
            ]
          : [
              condition("Ready", "True", "UpgradeSucceeded", message),
              condition("Released", "True", "UpgradeSucceeded", message),
            ],
        history: [2, 1].map((version) => ({
          name,
          namespace,
          version,
          status: version === 1 ? "superseded" : failed ? "failed" : "deployed",
          action: version === 1 ? "install" : "upgrade",
          apiVersion: "v2",
          chartName: "web-service",
          chartVersion: version === 1 ? "1.4.0" : "1.5.0",
          appVersion: "1.5",
          digest: `sha256:${random.hex(64)}`,
          configDigest: `sha256:${random.hex(64)}`,
          firstDeployed: "2026-11-10T08:00:00Z",
          lastDeployed: time,
        })),
        inventory: { entries: inventoryEntries(resources) },
      },
    };
  }
}

function inventoryEntries(resources: readonly InventoryObject[]): unknown[] {
  return resources.map(({ group, version, kind, namespace, name }) => ({
    id: `${namespace}_${name}_${group}_${kind}`,
    v: version,
  }));
}

function condition(type: string, status: string, reason: string, message: string): unknown {
  return { type, status, reason, message, lastTransitionTime: time, observedGeneration: 1 };
}
