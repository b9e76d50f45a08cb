import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, list, text } from "#lib/model/health/fields.ts";
import { parseInventoryId } from "#lib/model/inventory.ts";
import { formatRef, parseApiVersion, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { Undoer } from "#lib/model/undoer-schema.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import type { InventoryItem } from "./engine.ts";
import { argoGroup, managedBy } from "./managed-by.ts";
import { rhythmOf } from "./rhythm.ts";

const kustomizationKind = { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" } as const;
const helmReleaseKind = { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" } as const;
const definitions: Partial<Readonly<Record<ApplicationRef["engine"], { group: string; kind: string }>>> = {
  "flux-kustomization": kustomizationKind,
  "flux-helmrelease": helmReleaseKind,
  argocd: { group: argoGroup, kind: "Application" },
};
/** Labels of objects that flux-operator makes from a ResourceSet or a FluxInstance. */
const operatorLabels = [
  { label: "resourceset.fluxcd.controlplane.io", kind: "ResourceSet" },
  { label: "fluxcd.controlplane.io", kind: "FluxInstance" },
] as const;
/** Owners of owners are looked up as far as this: app-of-apps of app-of-apps, and the Kustomization that applies the first. */
const mostParents = 5;

/**
 * Who takes changes back: the unit's own controller first, then whoever applies the object that defines it, from the nearest to the
 * farthest; for units without such an object, whoever else claims one of its objects; at last autoscalers of its workloads. Known from owner labels and references, tracking
 * annotations and inventories; whether a single field is really set again, `managedFields` tell when an action is previewed. Pure.
 */
export function undoersOf(unit: ApplicationRef, inventory: readonly InventoryItem[], store: StoreReader): Undoer[] {
  const own = definitionOf(unit, store);
  const rhythm = rhythmOf(unit, own?.object);
  const itself: Undoer[] = rhythm
    ? [{ ...(own && { application: unit }), reverts: "objects", active: rhythm.active, text: rhythm.text }]
    : [];
  return [
    ...itself,
    ...(own ? parentsOf(own, store) : claimantsOf(unit, inventory, store)),
    ...autoscalersOf(inventory, store),
  ];
}

/** Whoever applies a definition, and whoever applies that. */
function parentsOf(own: StoredObject, store: StoreReader): Undoer[] {
  const found: Undoer[] = [];
  const seen = new Set([own.key]);
  let child: StoredObject | undefined = own;
  while (child && found.length < mostParents) {
    const parent = parentOf(child, store);
    if (!parent || seen.has(parent.key)) break;
    seen.add(parent.key);
    found.push(parent.undoer);
    child = parent.stored;
  }
  return found;
}

interface Parent {
  readonly key: string;
  readonly undoer: Undoer;
  /** Absent when it can't be read. */
  readonly stored: StoredObject | undefined;
}

function parentOf(child: StoredObject, store: StoreReader): Parent | undefined {
  return generatorOf(child, store) ?? applierOf(child, store);
}

/** The application that applies an object. */
function applierOf(child: StoredObject, store: StoreReader): Parent | undefined {
  const application = managedBy(child, store) ?? listedBy(child.key, store);
  const kind = application && definitions[application.engine];
  if (!application) return undefined;
  const { namespace, name } = application;
  const stored = kind && store.get(resourceKey({ ...kind, namespace, name }));
  const rhythm = rhythmOf(application, stored?.object);
  const who = `${kind?.kind ?? "Helm release"} ${namespace}/${name}`;
  const sentence =
    rhythm && rhythm.when === undefined
      ? `${who}, which applies ${called(child)}, is suspended: what is changed stays until it is resumed.`
      : `${who} applies ${called(child)}${rhythm ? ` ${rhythm.when ?? ""}` : ""}: fields that it sets come back.`;
  return {
    key: `${application.engine}/${namespace}/${name}`,
    undoer: { application, reverts: "definition", active: rhythm?.active ?? true, text: sentence },
    stored,
  };
}

/** What makes an object from a template: an ApplicationSet, a ResourceSet, a FluxInstance. */
function generatorOf(child: StoredObject, store: StoreReader): Parent | undefined {
  const { ownerReferences = [], labels = {}, namespace } = child.object.metadata;
  const set = ownerReferences.find(
    ({ apiVersion, kind }) => kind === "ApplicationSet" && parseApiVersion(apiVersion).group === argoGroup,
  );
  if (set) {
    const ref = { group: argoGroup, kind: set.kind, name: set.name, ...(namespace !== undefined && { namespace }) };
    const stored = store.get(resourceKey(ref));
    const policy = text(fields(fields(stored?.object["spec"])["syncPolicy"])["applicationsSync"]);
    // argo-cd `applicationset/controllers`: these policies leave Applications that are there alone.
    const active = policy !== "create-only" && policy !== "create-delete";
    const how = active
      ? "whatever is changed in its spec is set again at once"
      : `its policy is ${policy}, so what is changed stays`;
    return parent(ref, stored, active, `${words(ref)} makes ${called(child)} from its template: ${how}.`);
  }
  for (const { label, kind } of operatorLabels) {
    const [name, owner] = [labels[`${label}/name`], labels[`${label}/namespace`]];
    if (name === undefined || owner === undefined) continue;
    const ref = { group: "fluxcd.controlplane.io", kind, namespace: owner, name };
    const stored = store.get(resourceKey(ref));
    const off = stored?.object.metadata.annotations?.["fluxcd.controlplane.io/reconcile"] === "disabled";
    const how = off ? "its reconciliation is disabled, so what is changed stays" : "fields that it sets come back";
    return parent(ref, stored, !off, `${words(ref)} makes ${called(child)}: ${how}.`);
  }
  return undefined;
}

function parent(ref: ResourceRef, stored: StoredObject | undefined, active: boolean, sentence: string): Parent {
  return { key: resourceKey(ref), stored, undoer: { ref, reverts: "definition", active, text: sentence } };
}

/** Applications that claim objects of a unit that has no definition of its own (a Helm release, what kubectl applied). */
function claimantsOf(unit: ApplicationRef, inventory: readonly InventoryItem[], store: StoreReader): Undoer[] {
  const found = new Map<string, { parent: Parent; objects: string[] }>();
  for (const { ref } of inventory) {
    const stored = store.get(resourceKey(ref));
    const applier = stored && parentOf(stored, store);
    const by = applier?.undoer.application;
    if (!applier || (by && by.engine === unit.engine && by.namespace === unit.namespace && by.name === unit.name))
      continue;
    const known = found.get(applier.key) ?? { parent: applier, objects: [] };
    known.objects.push(formatRef(ref));
    found.set(applier.key, known);
  }
  return [...found.values()].map(({ parent: { undoer }, objects }) => {
    const more = objects.length - 1;
    const others = more > 0 ? ` So does it ${more} more of its objects.` : "";
    return { ...undoer, reverts: "objects", text: `${undoer.text}${others}` };
  });
}

/** The Flux application whose inventory lists an object that carries no mark of it (labels can be removed). */
function listedBy(key: string, store: StoreReader): ApplicationRef | undefined {
  for (const [engine, kind] of [
    ["flux-kustomization", kustomizationKind],
    ["flux-helmrelease", helmReleaseKind],
  ] as const) {
    for (const { ref, object } of store.list(kind)) {
      const entries = list(fields(fields(object["status"])["inventory"])["entries"]);
      const isListed = entries.some((entry) => {
        const id = parseInventoryId(text(fields(entry)["id"]));
        return id !== undefined && resourceKey(id) === key;
      });
      // One that lists itself applies itself: nobody else takes its changes back.
      if (isListed && resourceKey(ref) !== key) return { engine, namespace: ref.namespace ?? "", name: ref.name };
    }
  }
  return undefined;
}

/** Autoscalers set the replicas of what they scale, whoever else does. */
function autoscalersOf(inventory: readonly InventoryItem[], store: StoreReader): Undoer[] {
  const own = new Set(inventory.map(({ ref }) => resourceKey(ref)));
  const namespaces = new Set(inventory.map(({ ref }) => ref.namespace ?? ""));
  const found: Undoer[] = [];
  for (const namespace of namespaces) {
    for (const { ref, object } of store.list({ group: "autoscaling", kind: "HorizontalPodAutoscaler" }, namespace)) {
      const target = fields(fields(object["spec"])["scaleTargetRef"]);
      const { group } = parseApiVersion(text(target["apiVersion"]));
      const scaled = { group, kind: text(target["kind"]), namespace, name: text(target["name"]) };
      if (!own.has(resourceKey(scaled))) continue;
      const sentence = `${formatRef(ref)} sets the replicas of ${formatRef(scaled)}: a number that is set by hand does not stay.`;
      found.push({ ref, reverts: "objects", active: true, text: sentence });
    }
  }
  return found;
}

function definitionOf({ engine, namespace, name }: ApplicationRef, store: StoreReader): StoredObject | undefined {
  const kind = definitions[engine];
  return kind && store.get(resourceKey({ ...kind, namespace, name }));
}

function called({ ref }: StoredObject): string {
  return words(ref);
}

function words({ kind, namespace, name }: Pick<ResourceRef, "kind" | "namespace" | "name">): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
