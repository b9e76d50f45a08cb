import type { SandboxContext } from "../context.ts";
import { applicationKey } from "#lib/model/application.ts";
import type { ExpectedApplication } from "./expected/application.ts";
import { expectedApplications } from "./expected.ts";
import { list } from "./tools/api.ts";
import { readSnapshot, type Snapshot } from "./tools/cluster.ts";
import { condition, field, fieldText, isReady, type KubeObject } from "./tools/objects.ts";

/** Whether every application is in its intended state, and the keys (`engine/namespace/name`) of those that aren't. */
export async function scenarioReady(context: SandboxContext): Promise<{ ready: boolean; waiting: string[] }> {
  const [snapshot, releases] = await Promise.all([readSnapshot(context), readReleases(context)]);
  const waiting = expectedApplications
    .filter((expected) => !isAsIntended(expected, snapshot, releases))
    .map(applicationKey);
  waiting.push(...unsettledWorkloads(snapshot));
  return { ready: waiting.length === 0, waiting };
}

/** Newest stored revision of a Helm release. */
export interface StoredRelease {
  readonly revision: number;
  readonly status: string;
  readonly storage: string;
}

/** Newest revision of each Helm release by `namespace/name`, from the labels of Secrets and ConfigMaps. */
export async function readReleases(context: SandboxContext): Promise<Map<string, StoredRelease>> {
  const lists = await Promise.all(
    ["secrets", "configmaps"].map(
      async (plural) => await list(context, `/api/v1/${plural}?labelSelector=owner%3Dhelm`),
    ),
  );
  const releases = new Map<string, StoredRelease>();
  for (const { kind, metadata } of lists.flat()) {
    const { name = "", version, status = "" } = metadata.labels ?? {};
    const key = `${metadata.namespace ?? ""}/${name}`;
    const revision = Number(version);
    if (revision > (releases.get(key)?.revision ?? 0)) releases.set(key, { revision, status, storage: kind });
  }
  return releases;
}

function isAsIntended(
  expected: ExpectedApplication,
  snapshot: Snapshot,
  releases: ReadonlyMap<string, StoredRelease>,
): boolean {
  const { engine, namespace, name, release, drift } = expected;
  if (release !== undefined) {
    const stored = releases.get(`${namespace}/${name}`);
    if (stored?.revision !== release.revision || stored.status !== release.status) return false;
  }
  if (
    drift.status === "Drifted" &&
    drift.live !== undefined &&
    (drift.kind === "Deployment" || drift.kind === "StatefulSet")
  ) {
    if (fieldText(snapshot.get(drift.kind, drift.namespace, drift.name), drift.field ?? "") !== drift.live)
      return false;
  }
  if (engine === "flux-kustomization")
    return fluxIsAsIntended(expected, snapshot.get("Kustomization", namespace, name));
  if (engine === "flux-helmrelease") return fluxIsAsIntended(expected, snapshot.get("HelmRelease", namespace, name));
  if (engine === "argocd") {
    const application = snapshot.get("Application", namespace, name);
    return (
      field(application, "status.sync.status") === expected.sync &&
      field(application, "status.health.status") === expected.health
    );
  }
  if (engine === "kubectl") {
    const workloads = [...snapshot.list("Deployment"), ...snapshot.list("CronJob")];
    return workloads.some(
      (object) =>
        object.metadata.namespace === namespace && object.metadata.labels?.["app.kubernetes.io/part-of"] === name,
    );
  }
  return true;
}

function fluxIsAsIntended(expected: ExpectedApplication, object: KubeObject | undefined): boolean {
  if (object === undefined) return false;
  const ready = condition(object, "Ready");
  if (expected.suspended) return field(object, "spec.suspend") === true && ready?.status === "True";
  if (expected.health === "Healthy") return isReady(object);
  return ready?.status === "False" && ready.reason === expected.reason;
}

/** Workloads that should run by now but don't; those with a behaviour of their own never will. */
function unsettledWorkloads(snapshot: Snapshot): string[] {
  return [...snapshot.list("Deployment"), ...snapshot.list("StatefulSet")]
    .filter(
      (object) => field(object, 'spec.template.metadata.annotations["driftglass.sandbox/behaviour"]') === undefined,
    )
    .filter((object) => !isRolledOut(object))
    .map((object) => `${object.kind}/${object.metadata.namespace ?? ""}/${object.metadata.name}`);
}

function isRolledOut(object: KubeObject): boolean {
  const wanted = field(object, "spec.replicas") ?? 1;
  return (
    field(object, "status.observedGeneration") === object.metadata.generation &&
    field(object, "status.replicas") === wanted &&
    field(object, "status.updatedReplicas") === wanted &&
    field(object, "status.readyReplicas") === wanted
  );
}
