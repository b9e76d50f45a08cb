import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";

/** The group of Argo CD's kinds. */
export const argoGroup = "argoproj.io";
/** `<application>:<group>/<kind>:<namespace>/<name>`; the application is `<namespace>_<name>` outside Argo CD's own namespace. */
const trackingAnnotation = "argocd.argoproj.io/tracking-id";

const fluxOwners = [
  { label: "kustomize.toolkit.fluxcd.io", engine: "flux-kustomization" },
  { label: "helm.toolkit.fluxcd.io", engine: "flux-helmrelease" },
] as const;

/**
 * Who applied this object, from its owner labels and annotations: the Flux object, the Argo CD Application or the Helm release.
 * Undefined when no engine's mark is on it, or when the mark names the object itself (a Kustomization that applies itself).
 * The store is needed to find an Application by its bare name.
 */
export function managedBy(object: StoredObject, store: StoreReader): ApplicationRef | undefined {
  const owner = fluxOwner(object.object) ?? argoOwner(object, store) ?? helmOwner(object.object);
  if (owner === undefined || isSelf(owner, object)) return undefined;
  return owner;
}

/** Whether an engine's mark is on this object, as far as the object alone tells: such objects belong to no kubectl unit. */
export function isMarkedByEngine(object: KubeObject): boolean {
  const { labels = {}, annotations = {} } = object.metadata;
  return (
    fluxOwner(object) !== undefined ||
    annotations[trackingAnnotation] !== undefined ||
    helmOwner(object) !== undefined ||
    labels["app.kubernetes.io/managed-by"] === "Helm" ||
    labels["resourceset.fluxcd.controlplane.io/name"] !== undefined ||
    labels["fluxcd.controlplane.io/name"] !== undefined
  );
}

/** The Flux object that owner labels name. */
function fluxOwner(object: KubeObject): ApplicationRef | undefined {
  const { labels } = object.metadata;
  if (labels === undefined) return undefined;
  for (const { label, engine } of fluxOwners) {
    const name = labels[`${label}/name`];
    const namespace = labels[`${label}/namespace`];
    if (name !== undefined && namespace !== undefined) return { engine, namespace, name };
  }
  return undefined;
}

/** The Helm release that Helm's own annotations name. */
function helmOwner(object: KubeObject): ApplicationRef | undefined {
  const annotations = object.metadata.annotations;
  const name = annotations?.["meta.helm.sh/release-name"];
  const namespace = annotations?.["meta.helm.sh/release-namespace"];
  return name === undefined || namespace === undefined ? undefined : { engine: "helm", namespace, name };
}

/** The Application that tracks this object, by annotation or, where Argo CD is set so, by the instance label. */
function argoOwner(object: StoredObject, store: StoreReader): ApplicationRef | undefined {
  const { annotations, labels } = object.object.metadata;
  const tracking = annotations?.[trackingAnnotation];
  if (tracking !== undefined) return trackedBy(tracking, store);
  const instance = labels?.["app.kubernetes.io/instance"];
  if (instance === undefined) return undefined;
  const application = findApplication(instance, store);
  if (application === undefined || !tracks(application, object)) return undefined;
  return { engine: "argocd", namespace: application.ref.namespace ?? "", name: application.ref.name };
}

function trackedBy(tracking: string, store: StoreReader): ApplicationRef | undefined {
  const id = tracking.slice(0, Math.max(tracking.indexOf(":"), 0));
  if (id === "") return undefined;
  const separator = id.indexOf("_");
  if (separator > 0) return { engine: "argocd", namespace: id.slice(0, separator), name: id.slice(separator + 1) };
  return { engine: "argocd", namespace: findApplication(id, store)?.ref.namespace ?? "argocd", name: id };
}

/** Looks into each namespace that has Applications and not at each of them: charts put the instance label on all of their objects, and nearly none belongs to an Application. */
function findApplication(name: string, store: StoreReader): StoredObject | undefined {
  const kind = { group: argoGroup, kind: "Application" };
  for (const namespace of ["argocd", ...store.namespaces(kind)]) {
    const application = store.get(resourceKey({ ...kind, namespace, name }));
    if (application !== undefined) return application;
  }
  return undefined;
}

function tracks(application: StoredObject, object: StoredObject): boolean {
  return list(fields(application.object["status"])["resources"]).some((entry) => {
    const { group, kind, namespace, name } = fields(entry);
    return (
      text(group) === object.ref.group &&
      kind === object.ref.kind &&
      name === object.ref.name &&
      text(namespace) === (object.ref.namespace ?? "")
    );
  });
}

/** Whether an Argo CD Application tracks this object by the instance label, which the object alone does not tell. */
export function isTrackedByLabel(object: StoredObject, store: StoreReader): boolean {
  return (
    object.object.metadata.annotations?.[trackingAnnotation] === undefined && argoOwner(object, store) !== undefined
  );
}

const unitKinds = new Map<string, ApplicationRef["engine"]>([
  ["kustomize.toolkit.fluxcd.io/Kustomization", "flux-kustomization"],
  ["helm.toolkit.fluxcd.io/HelmRelease", "flux-helmrelease"],
  [`${argoGroup}/Application`, "argocd"],
]);

function isSelf(owner: ApplicationRef, { ref }: StoredObject): boolean {
  return (
    unitKinds.get(`${ref.group}/${ref.kind}`) === owner.engine &&
    ref.name === owner.name &&
    ref.namespace === owner.namespace
  );
}
