import { compareText } from "../compare-text.ts";
import { healthRank } from "../model/health-status.ts";
import type { ResourceNode } from "../model/resource-node.ts";
import { isProblem } from "./problem.ts";

/** A resource with what it owns, and the worst of all that. */
export interface Branch {
  readonly node: ResourceNode;
  /** What needs a person first, then the worst, then by kind and name. */
  readonly below: readonly Branch[];
  /** The worst health rank of it and everything below. */
  readonly worst: number;
  /** Whether it or something below needs a person. */
  readonly problem: boolean;
  /** It and everything below. */
  readonly size: number;
}

/** Which nodes to keep. */
export interface Narrowing {
  /** Words that must all stand in a node's kind, name, namespace, health or summary. */
  readonly query: string;
  readonly problems: boolean;
}

/**
 * Puts a flat list of nodes into trees. A node stays when it or something below it matches. Nodes whose owner is not in
 * the list are roots; where nodes own each other in a circle, the first of them is.
 */
export function resourceForest(nodes: readonly ResourceNode[], narrowing?: Narrowing): Branch[] {
  const known = new Map(nodes.map((node) => [node.key, node]));
  const children = new Map<string, ResourceNode[]>();
  const roots: ResourceNode[] = [];
  for (const node of nodes) {
    const { parent } = node;
    if (parent === undefined || parent === node.key || !known.has(parent)) roots.push(node);
    else if (children.has(parent)) children.get(parent)?.push(node);
    else children.set(parent, [node]);
  }
  const matches = matcher(narrowing);
  const seen = new Set<string>();
  const grow = (node: ResourceNode): Branch[] => {
    if (seen.has(node.key)) return [];
    seen.add(node.key);
    const below = (children.get(node.key) ?? []).flatMap(grow);
    if (below.length === 0 && !matches(node)) return [];
    let worst = healthRank(node.health.status);
    let problem = isProblem(node);
    let size = 1;
    for (const branch of below) {
      worst = Math.max(worst, branch.worst);
      problem ||= branch.problem;
      size += branch.size;
    }
    return [{ node, below: below.sort(inOrder), worst, problem, size }];
  };
  const grown = roots.flatMap(grow);
  for (const node of nodes) if (!seen.has(node.key)) grown.push(...grow(node));
  return grown.sort(inOrder);
}

/** What needs a person first, then the worst, then by kind and name. */
export function inOrder(a: Branch, b: Branch): number {
  return (
    Number(b.problem) - Number(a.problem) ||
    b.worst - a.worst ||
    compareText(a.node.ref.kind, b.node.ref.kind) ||
    compareText(a.node.ref.name, b.node.ref.name)
  );
}

/** What a node is held against. */
export function matcher(narrowing: Narrowing | undefined): (node: ResourceNode) => boolean {
  const words = narrowing?.query.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const problems = narrowing?.problems === true;
  if (words.length === 0 && !problems) return () => true;
  return (node) => {
    if (problems && !isProblem(node)) return false;
    const { ref, health, summary } = node;
    const text =
      `${ref.kind}/${ref.name} ${ref.namespace ?? ""} ${health.status} ${health.message ?? ""} ${summary ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
