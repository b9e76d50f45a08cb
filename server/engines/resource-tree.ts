import { count, fields } from "#lib/model/health/fields.ts";
import { type Health, type HealthSource, judgeHealth } from "#lib/model/health.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import { type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import type { InventoryItem } from "./engine.ts";
import { judgeResource } from "./judge.ts";
import { summarise } from "./resource-summary.ts";

const maxDepth = 5;
const maxNodes = 5000;
// Bookkeeping of controllers, which a person looks for elsewhere (history, the Service's own state).
const hiddenKinds = new Set([
  "apps/ControllerRevision",
  "discovery.k8s.io/EndpointSlice",
  "/Endpoints",
  "coordination.k8s.io/Lease",
  "/Event",
  "events.k8s.io/Event",
]);

/**
 * The resources of a unit as a flat tree: what the engine applied, and below it what the cluster made of it, down to Pods.
 * Old ReplicaSets without replicas are left out. What the engine applied comes in the inventory's order, each followed by its descendants.
 */
export function resourceTree(
  inventory: readonly InventoryItem[],
  store: StoreReader,
  { source }: { source: HealthSource },
): ResourceNode[] {
  const nodes: ResourceNode[] = [];
  const seen = new Set(inventory.map((item) => resourceKey(item.ref)));
  for (const item of inventory) {
    const verdict = judgeResource(item, store, source);
    const key = resourceKey(item.ref);
    nodes.push({
      ...nodeOf(key, verdict.object?.ref ?? item.ref, verdict.health, verdict.object),
      live: verdict.live,
      ...(item.sync !== undefined && { sync: item.sync }),
      ...(item.hook === true && { hook: true }),
    });
    if (verdict.object !== undefined) addChildren(verdict.object, store, nodes, seen, 0);
  }
  return nodes;
}

function addChildren(
  owner: StoredObject,
  store: StoreReader,
  nodes: ResourceNode[],
  seen: Set<string>,
  depth: number,
): void {
  if (depth >= maxDepth) return;
  const children = [...store.children(owner.uid)].filter(isShown).sort(byKindAndName);
  for (const child of children) {
    if (seen.has(child.key) || nodes.length >= maxNodes) continue;
    seen.add(child.key);
    nodes.push({ ...nodeOf(child.key, child.ref, judgeHealth(child.object), child), live: "yes", parent: owner.key });
    addChildren(child, store, nodes, seen, depth + 1);
  }
}

function nodeOf(
  key: string,
  ref: ResourceRef,
  health: Health,
  object: StoredObject | undefined,
): Omit<ResourceNode, "live"> {
  const summary = object === undefined ? undefined : summarise(object);
  const createdAt = object?.object.metadata.creationTimestamp;
  return {
    key,
    ref,
    health,
    ...(object !== undefined && { uid: object.uid }),
    ...(summary !== undefined && { summary }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

function isShown({ ref, object }: StoredObject): boolean {
  if (hiddenKinds.has(`${ref.group}/${ref.kind}`)) return false;
  if (ref.kind !== "ReplicaSet") return true;
  return count(fields(object["spec"])["replicas"], 1) > 0 || count(fields(object["status"])["replicas"]) > 0;
}

function byKindAndName(a: StoredObject, b: StoredObject): number {
  return a.ref.kind.localeCompare(b.ref.kind) || a.ref.name.localeCompare(b.ref.name);
}
