import { parseApiVersion, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { InventoryItem } from "../engine.ts";

// Built-in kinds outside namespaces: a manifest without a namespace means the release's own for all others.
const clusterScoped = new Set([
  "/Namespace", "/Node", "/PersistentVolume",
  "rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/ClusterRoleBinding",
  "apiextensions.k8s.io/CustomResourceDefinition", "apiregistration.k8s.io/APIService",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration", "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy", "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "storage.k8s.io/StorageClass", "storage.k8s.io/CSIDriver", "scheduling.k8s.io/PriorityClass", "networking.k8s.io/IngressClass",
  "node.k8s.io/RuntimeClass", "gateway.networking.k8s.io/GatewayClass", "certificates.k8s.io/CertificateSigningRequest",
]); // prettier-ignore

/** What an inventory takes from one desired object. */
interface Named {
  readonly ref: ResourceRef;
  readonly hook?: true;
}

/** Kept, because a state's objects are packed: a thousand releases would be unpacked each time that something is learnt of a kind. */
const namesOf = new WeakMap<DesiredState, readonly Named[]>();

/** The inventory that a loaded desired state amounts to; hooks are marked, because they are no part of the running application. */
export function desiredInventory(desired: DesiredState, namespace: string, store: StoreReader): InventoryItem[] {
  let names = namesOf.get(desired);
  if (!names) {
    names = desired.objects.map(({ object, skip }) => ({
      ref: nameOf(object),
      ...((isHook(object) || skip?.startsWith("hook") === true) && { hook: true }),
    }));
    namesOf.set(desired, names);
  }
  return names.map(({ ref, ...hook }) => ({ ref: placed(ref, namespace, store), ...hook }));
}

function nameOf({ apiVersion, kind, metadata }: KubeObject): ResourceRef {
  const { group, version } = parseApiVersion(apiVersion);
  const { name, namespace } = metadata;
  return { group, version, kind, name, ...(namespace !== undefined && namespace !== "" && { namespace }) };
}

/** One without a namespace is looked for where its kind says it lives. */
function placed(ref: ResourceRef, namespace: string, store: StoreReader): ResourceRef {
  if (ref.namespace !== undefined) return ref;
  const { group, kind } = ref;
  if (clusterScoped.has(`${group}/${kind}`) || store.get(resourceKey(ref)) !== undefined) return ref;
  return { ...ref, namespace };
}

function isHook({ metadata }: KubeObject): boolean {
  return metadata.annotations?.["helm.sh/hook"] !== undefined;
}
