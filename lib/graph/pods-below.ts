import { healthRank } from "../model/health-status.ts";
import type { ResourceNode } from "../model/resource-node.ts";

/** The Pods at or below a resource, or all of them; those in trouble first. */
export function podsBelow(nodes: readonly ResourceNode[], key?: string): ResourceNode[] {
  const parents = new Map(nodes.map((node) => [node.key, node.parent]));
  const isBelow = (from: string): boolean => {
    // Bounded: owners that own each other would never end.
    for (let at: string | undefined = from, steps = 0; at !== undefined && steps < 12; at = parents.get(at), steps++)
      if (at === key) return true;
    return false;
  };
  return nodes
    .filter(({ ref, live }) => ref.kind === "Pod" && ref.group === "" && live !== "no")
    .filter((node) => key === undefined || isBelow(node.key))
    .sort((a, b) => healthRank(b.health.status) - healthRank(a.health.status) || (a.key < b.key ? -1 : 1));
}

/** The owners of a resource, the outermost first. */
export function ownersOf(nodes: readonly ResourceNode[], key: string): ResourceNode[] {
  const known = new Map(nodes.map((node) => [node.key, node]));
  const owners: ResourceNode[] = [];
  for (let at = known.get(key)?.parent; at !== undefined; at = known.get(at)?.parent) {
    const owner = known.get(at);
    if (owner === undefined || owner.key === key || owners.includes(owner)) break;
    owners.unshift(owner);
  }
  return owners;
}
