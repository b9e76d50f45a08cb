import type { Line, Placed } from "./walk.ts";

/** How big every card is, and how much room is between two of them. */
export interface TreeMeasures {
  readonly width: number;
  readonly height: number;
  /** Between an owner and what it owns. */
  readonly across: number;
  /** Between two in a column. */
  readonly down: number;
}

/** A part of the tree: how far it reaches up and down in each column, seen from where its first child began. */
interface Part {
  readonly top: number[];
  readonly bottom: number[];
}

/**
 * Places a tree that grows to the right: each owner in the middle of what it owns, and everything as close together as the columns allow, in the order of the lines. What leads to the root stands one above
 * the other at its left. One pass over the cards, where a general layout looks for crossings that a tree can't have. After Reingold and Tilford, "Tidier Drawings of Trees" (1981); cards of one size make a
 * contour one number for each column.
 */
export function tidyTree(lines: readonly Line[], root: string, measures: TreeMeasures): Placed[] {
  const { width, height, across, down } = measures;
  const before = lines.filter(({ to }) => to === root).map(({ from }) => from);
  const below = new Map<string, string[]>();
  for (const { from, to } of lines) {
    if (to === root) continue;
    const known = below.get(from);
    if (known) known.push(to);
    else below.set(from, [to]);
  }
  /** Where a card stands in its part; and how far its part is from where that of its owner begins. */
  const own = new Map<string, number>();
  const shifts = new Map<string, number>();

  const part = (id: string): Part => {
    const children = below.get(id) ?? [];
    const top: number[] = [];
    const bottom: number[] = [];
    const middles: number[] = [];
    for (const child of children) {
      const next = part(child);
      let shift = middles.length === 0 ? 0 : Number.NEGATIVE_INFINITY;
      for (let column = 0; column < Math.min(bottom.length, next.top.length); column += 1)
        shift = Math.max(shift, (bottom[column] ?? 0) + down - (next.top[column] ?? 0));
      shifts.set(child, shift);
      for (const [column, reach] of next.top.entries()) {
        top[column] ??= reach + shift;
        bottom[column] = (next.bottom[column] ?? 0) + shift;
      }
      middles.push((own.get(child) ?? 0) + shift);
    }
    const at = ((middles[0] ?? 0) + (middles.at(-1) ?? 0)) / 2;
    own.set(id, at);
    return { top: [at, ...top], bottom: [at + height, ...bottom] };
  };

  const { top } = part(root);
  const places: Placed[] = [];
  const put = (id: string, column: number, from: number): void => {
    places.push({ id, x: column * (width + across), y: from + (own.get(id) ?? 0) });
    for (const child of below.get(id) ?? []) put(child, column + 1, from + (shifts.get(child) ?? 0));
  };
  const first = before.length > 0 ? 1 : 0;
  const middle = own.get(root) ?? 0;
  const pile = middle - ((before.length - 1) * (height + down)) / 2;
  const highest = Math.min(pile, ...top);
  before.forEach((id, index) => places.push({ id, x: 0, y: pile + index * (height + down) - highest }));
  put(root, first, -highest);
  return places;
}
