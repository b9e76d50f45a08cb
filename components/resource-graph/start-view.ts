import type { Placed } from "#lib/graph/walk.ts";

/** Smaller than this nobody can read a card. */
const smallest = 0.7;
const margin = 20;

/** Where the picture has to be so that a card stays where it is on the screen while the others find their places. */
export function heldView(
  view: { x: number; y: number; zoom: number },
  before: Placed,
  after: Placed,
): { x: number; y: number; zoom: number } {
  return {
    x: view.x + (before.x - after.x) * view.zoom,
    y: view.y + (before.y - after.y) * view.zoom,
    zoom: view.zoom,
  };
}

/**
 * Where to look first: at everything in the middle when it fits at a size that can be read, else from the top, where the worst
 * of the resources are, and from the application, whose sources can wait.
 */
export function startView(
  places: readonly Placed[],
  application: string,
  card: { width: number; height: number },
  room: { width: number; height: number },
): { x: number; y: number; zoom: number } {
  let [right, bottom] = [0, 0];
  for (const { x, y } of places) {
    right = Math.max(right, x + card.width);
    bottom = Math.max(bottom, y + card.height);
  }
  const fits = Math.min((room.width - 2 * margin) / right, (room.height - 2 * margin) / bottom);
  const zoom = Math.max(smallest, Math.min(1, fits));
  const along = (size: number, space: number) => Math.max(margin, (space - size * zoom) / 2);
  const start = places.find(({ id }) => id === application)?.x ?? 0;
  const narrow = right * zoom > room.width - 2 * margin;
  return { x: narrow ? margin - start * zoom : along(right, room.width), y: along(bottom, room.height), zoom };
}
