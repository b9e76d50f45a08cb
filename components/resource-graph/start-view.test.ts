import { describe, expect, it } from "vitest";
import { heldView, startView } from "./start-view.ts";

const card = { width: 200, height: 50 };
const room = { width: 1000, height: 500 };

describe("the first look at a graph", () => {
  it("puts a small graph in the middle at its own size", () =>
    expect(startView([{ id: "a", x: 0, y: 0 }], "a", card, room)).toEqual({ x: 400, y: 225, zoom: 1 }));
  it("makes a graph smaller until it fits", () =>
    expect(startView([{ id: "a", x: 1000, y: 0 }], "a", card, room).zoom).toBeCloseTo(0.8));
  it("begins at the upper left where everything would be too small to read", () =>
    expect(startView([{ id: "a", x: 0, y: 9000 }], "a", card, room)).toEqual({ x: 430, y: 20, zoom: 0.7 }));
  it("begins at the application where not everything fits beside it", () => {
    const wide = [
      { id: "source", x: 0, y: 0 },
      { id: "a", x: 300, y: 0 },
      { id: "b", x: 2000, y: 0 },
    ];
    expect(startView(wide, "a", card, room).x).toBeCloseTo(20 - 300 * 0.7);
  });
});

describe("a picture that changes", () => {
  it("holds the card still that somebody is at", () => {
    const view = { x: 10, y: 20, zoom: 0.5 };
    const [before, after] = [
      { id: "a", x: 100, y: 100 },
      { id: "a", x: 100, y: 300 },
    ];
    const held = heldView(view, before, after);
    const onScreen = (at: typeof before, v: typeof view) => [v.x + at.x * v.zoom, v.y + at.y * v.zoom];
    expect(onScreen(after, held)).toEqual(onScreen(before, view));
  });
});
