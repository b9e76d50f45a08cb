/** Where something is drawn. */
export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** A line from an owner to what it owns. */
export interface Line {
  readonly from: string;
  readonly to: string;
}

/** Where an arrow key leads. */
export type Direction = "left" | "right" | "up" | "down";

/**
 * The next place of a walk by arrow keys: left and right along the lines (to the owner; to the first of what is owned),
 * up and down to the next in the same column. Undefined at an end, where the walk stays.
 */
export function walk(
  places: readonly Placed[],
  lines: readonly Line[],
  from: string,
  direction: Direction,
): string | undefined {
  const at = places.find(({ id }) => id === from);
  if (!at) return undefined;
  if (direction === "left" || direction === "right") {
    const ends = new Set(
      lines.flatMap((line) =>
        direction === "right" ? (line.from === from ? [line.to] : []) : line.to === from ? [line.from] : [],
      ),
    );
    const found = places.filter(({ id }) => ends.has(id));
    // To the right to the topmost, which is the worst; to the left to the nearest.
    return direction === "right" ? first(found, ({ y }) => y) : first(found, ({ y }) => Math.abs(y - at.y));
  }
  const sign = direction === "down" ? 1 : -1;
  return first(
    places.filter(({ x, y }) => Math.abs(x - at.x) < 1 && (y - at.y) * sign > 0),
    ({ y }) => Math.abs(y - at.y),
  );
}

function first(places: readonly Placed[], by: (place: Placed) => number): string | undefined {
  let best: Placed | undefined;
  for (const place of places) if (best === undefined || by(place) < by(best)) best = place;
  return best?.id;
}
