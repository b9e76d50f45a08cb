import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { managersAnnotation } from "#lib/model/annotations.ts";
import type { GroupKind, StoredObject, StoreReader } from "#server/kube/store.ts";
import { isMarkedByEngine, isTrackedByLabel } from "../managed-by.ts";

/** Kinds that make an application: a unit exists where at least one of these does. */
export const workloadKinds: readonly GroupKind[] = [
  { group: "apps", kind: "Deployment" },
  { group: "apps", kind: "StatefulSet" },
  { group: "apps", kind: "DaemonSet" },
  { group: "batch", kind: "CronJob" },
];

/** Kinds that belong to an application when they share its group. */
export const companionKinds: readonly GroupKind[] = [
  { group: "batch", kind: "Job" },
  { group: "", kind: "Service" },
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Secret" },
  { group: "", kind: "ServiceAccount" },
  { group: "", kind: "PersistentVolumeClaim" },
  { group: "networking.k8s.io", kind: "Ingress" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "policy", kind: "PodDisruptionBudget" },
];

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const applySetMember = "applyset.kubernetes.io/part-of";
const applySetLabel = "applyset.kubernetes.io/id";
const groupingLabels = ["app.kubernetes.io/part-of", "app.kubernetes.io/instance"] as const;
const kinds = new Set([...workloadKinds, ...companionKinds].map(({ group, kind }) => `${group}/${kind}`));
const parentKinds = ["ConfigMap", "Secret"] as const;

/**
 * The unit that an object belongs to: its ApplySet's parent by name, else `app.kubernetes.io/part-of`, else
 * `app.kubernetes.io/instance`, else (a workload) its own name. Undefined for what kubectl did not apply or another engine owns.
 * An ApplySet is known by its id only; its parent, which has the name, is found in the store.
 */
export function unitOf(object: StoredObject, store: StoreReader | undefined): ApplicationRef | undefined {
  const { ref } = object;
  if (ref.namespace === undefined || !kinds.has(`${ref.group}/${ref.kind}`) || !isAppliedByKubectl(object))
    return undefined;
  const parent = store === undefined ? undefined : parentOf(object, store);
  const name = parent?.ref.name ?? groupName(object);
  return name === undefined ? undefined : { engine: "kubectl", namespace: ref.namespace, name };
}

/** The group by labels alone, or a workload's own name. */
export function groupName({ ref, object }: StoredObject): string | undefined {
  for (const label of groupingLabels) {
    const value = object.metadata.labels?.[label];
    if (value !== undefined && value !== "") return value;
  }
  return workloadKinds.some(({ group, kind }) => group === ref.group && kind === ref.kind) ? ref.name : undefined;
}

/** Whether kubectl put this object there and nothing else owns it. */
function isAppliedByKubectl({ object }: StoredObject): boolean {
  const { annotations, labels, ownerReferences } = object.metadata;
  if (ownerReferences?.some((owner) => owner.controller === true) === true || isMarkedByEngine(object)) return false;
  if (annotations?.[lastApplied] !== undefined || labels?.[applySetMember] !== undefined) return true;
  return (
    annotations?.[managersAnnotation]
      ?.split(",")
      .some((manager) => manager === "kubectl" || manager.startsWith("kubectl-")) === true
  );
}

/** The parent object of the ApplySet that an object is a member of. kubectl makes it a Secret unless told otherwise. */
function parentOf({ ref, object }: StoredObject, store: StoreReader): StoredObject | undefined {
  const id = object.metadata.labels?.[applySetMember];
  return id === undefined || ref.namespace === undefined ? undefined : applySetParent(id, ref.namespace, store);
}

/** The parent object of an ApplySet by its id; undefined when it is gone (or may not be read). */
export function applySetParent(id: string, namespace: string, store: StoreReader): StoredObject | undefined {
  for (const kind of parentKinds) {
    for (const candidate of store.list({ group: "", kind }, namespace)) {
      if (candidate.object.metadata.labels?.[applySetLabel] === id) return candidate;
    }
  }
  return undefined;
}

/** The id of the ApplySet whose parent this object is. */
export function applySetId({ object }: StoredObject): string | undefined {
  return object.metadata.labels?.[applySetLabel];
}

/** The members of an ApplySet in its parent's namespace. */
export function* applySetMembers(id: string, namespace: string, store: StoreReader): Iterable<StoredObject> {
  for (const kind of [...workloadKinds, ...companionKinds]) {
    for (const object of store.list(kind, namespace)) {
      if (object.object.metadata.labels?.[applySetMember] === id) yield object;
    }
  }
}

/** What belongs to one unit, workloads first; empty when no workload does. */
export function membersOf(
  unit: ApplicationRef,
  store: StoreReader,
): { workloads: StoredObject[]; companions: StoredObject[] } {
  const workloads = select(unit, workloadKinds, store);
  return workloads.length === 0
    ? { workloads, companions: [] }
    : { workloads, companions: select(unit, companionKinds, store) };
}

function select(unit: ApplicationRef, kindsOf: readonly GroupKind[], store: StoreReader): StoredObject[] {
  const members: StoredObject[] = [];
  for (const kind of kindsOf) {
    for (const object of store.list(kind, unit.namespace)) {
      // Most objects of a big namespace belong to other groups; their labels tell without a look at the rest.
      if (object.object.metadata.labels?.[applySetMember] === undefined && groupName(object) !== unit.name) continue;
      if (
        unitOf(object, store)?.name !== unit.name ||
        isTrackedByLabel(object, store) ||
        belongsToHelmByName(object, store)
      )
        continue;
      members.push(object);
    }
  }
  return members.sort((a, b) => (a.key < b.key ? -1 : 1));
}

// Charts set app.kubernetes.io/instance by convention, and a release's objects always carry Helm's annotations: only an object
// whose instance is a HelmRelease of its namespace and that lost its labels by hand is left to tell apart.
function belongsToHelmByName({ ref, object }: StoredObject, store: StoreReader): boolean {
  const labels = object.metadata.labels;
  const instance = labels?.["app.kubernetes.io/instance"];
  if (instance === undefined || labels?.["helm.sh/chart"] === undefined || ref.namespace === undefined) return false;
  return (
    store.get(
      resourceKey({ group: "helm.toolkit.fluxcd.io", kind: "HelmRelease", namespace: ref.namespace, name: instance }),
    ) !== undefined
  );
}
