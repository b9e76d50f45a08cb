import { healthRank } from "#lib/model/health-status.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";

/** A node as it stands in the list: how deep, and whether it has more under it. */
export type TreeRow = { node: ResourceNode; depth: number; children: number; open: boolean };

/** What a person asked of the tree. */
export type TreeView = { query: string; problems: boolean; toggled: ReadonlySet<string> };

/** Below this many nodes everything is open at first; above, only what leads to a problem. */
const openBelow = 150;

/** Whether a node needs a person. */
export function isProblem(node: ResourceNode): boolean {
  return (
    (node.health.status !== "Healthy" && node.health.status !== "Suspended") ||
    node.drift?.status === "Drifted" ||
    node.live === "no" ||
    node.sync === "OutOfSync"
  );
}

function matches(node: ResourceNode, { query, problems }: TreeView): boolean {
  if (problems && !isProblem(node)) return false;
  const text =
    `${node.ref.kind}/${node.ref.name} ${node.ref.namespace ?? ""} ${node.health.status} ${node.health.message ?? ""} ${node.summary ?? ""}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * Puts owners before what they own, the worst first among siblings. A node stays when it or something under it
 * matches. Nodes whose owner is not in the list stand at the top; cycles are cut.
 */
export function treeRows(nodes: readonly ResourceNode[], view: TreeView): TreeRow[] {
  const known = new Set(nodes.map((node) => node.key));
  const children = new Map<string | undefined, ResourceNode[]>();
  for (const node of nodes) {
    const parent =
      node.parent !== undefined && node.parent !== node.key && known.has(node.parent) ? node.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const seen = new Set<string>();
  type Branch = { node: ResourceNode; below: Branch[]; worst: number; problem: boolean };
  const grow = (node: ResourceNode): Branch | undefined => {
    if (seen.has(node.key)) return undefined;
    seen.add(node.key);
    const below = (children.get(node.key) ?? []).flatMap((child) => grow(child) ?? []);
    if (below.length === 0 && !matches(node, view)) return undefined;
    const worst = Math.max(healthRank(node.health.status), ...below.map((branch) => branch.worst));
    return { node, below, worst, problem: isProblem(node) || below.some((branch) => branch.problem) };
  };
  const order = (a: Branch, b: Branch) =>
    Number(b.problem) - Number(a.problem) ||
    b.worst - a.worst ||
    a.node.ref.kind.localeCompare(b.node.ref.kind) ||
    a.node.ref.name.localeCompare(b.node.ref.name);
  const narrowed = view.query !== "" || view.problems;
  const rows: TreeRow[] = [];
  const put = (branch: Branch, depth: number) => {
    const first = narrowed || nodes.length < openBelow || branch.below.some((child) => child.problem);
    const open = first !== view.toggled.has(branch.node.key);
    rows.push({ node: branch.node, depth, children: branch.below.length, open });
    if (open) for (const child of branch.below.toSorted(order)) put(child, depth + 1);
  };
  const roots = (children.get(undefined) ?? []).flatMap((node) => grow(node) ?? []);
  for (const branch of roots.toSorted(order)) put(branch, 0);
  return rows;
}
