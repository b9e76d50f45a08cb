import { inOrder, resourceForest, type Branch } from "#lib/graph/resource-forest.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";

/** A node as it stands in the list: how deep, and whether it has more under it. */
export type TreeRow = { node: ResourceNode; depth: number; children: number; open: boolean };

/** What a person asked of the tree. */
export type TreeView = { query: string; problems: boolean; toggled: ReadonlySet<string> };

/** Below this many nodes everything is open at first; above, only what leads to a problem. */
const openBelow = 150;

/** Owners before what they own, the worst first among siblings. A node stays when it or something under it matches. */
export function treeRows(nodes: readonly ResourceNode[], view: TreeView): TreeRow[] {
  const narrowed = view.query !== "" || view.problems;
  const rows: TreeRow[] = [];
  const put = (branch: Branch, depth: number) => {
    const first = narrowed || nodes.length < openBelow || branch.below.some((child) => child.problem);
    const open = first !== view.toggled.has(branch.node.key);
    rows.push({ node: branch.node, depth, children: branch.below.length, open });
    if (open) for (const child of branch.below) put(child, depth + 1);
  };
  for (const branch of resourceForest(nodes, view)) put(branch, 0);
  return rows;
}

/** The same without owners: every matching node for itself, the worst first. */
export function listRows(nodes: readonly ResourceNode[], view: Omit<TreeView, "toggled">): TreeRow[] {
  const alone = nodes.map(({ parent: _parent, ...node }) => node);
  return resourceForest(alone, view)
    .toSorted(inOrder)
    .map(({ node }) => ({ node, depth: 0, children: 0, open: false }));
}

/** What an arrow key does at a row: goes to another, opens or closes this one, or nothing. */
export type TreeStep = { go: string } | { toggle: string } | undefined;

/**
 * The step of an arrow key, as in every tree: up and down by rows; right opens, then goes to the first below; left closes, then goes to
 * the owner. Home and End go to the ends.
 */
export function treeStep(rows: readonly TreeRow[], key: string | undefined, pressed: string): TreeStep {
  const index = rows.findIndex(({ node }) => node.key === key);
  const row = rows[index];
  const at = (place: number): TreeStep => {
    const found = rows[place];
    return found && found.node.key !== key ? { go: found.node.key } : undefined;
  };
  switch (pressed) {
    case "ArrowDown":
      return at(Math.min(index + 1, rows.length - 1));
    case "ArrowUp":
      return at(Math.max(index - 1, 0));
    case "Home":
      return at(0);
    case "End":
      return at(rows.length - 1);
    case "ArrowRight":
      if (row === undefined || row.children === 0) return undefined;
      return row.open ? at(index + 1) : { toggle: row.node.key };
    case "ArrowLeft":
      if (row === undefined) return undefined;
      if (row.children > 0 && row.open) return { toggle: row.node.key };
      return at(rows.findLastIndex(({ depth }, place) => place < index && depth < row.depth));
    default:
      return undefined;
  }
}
