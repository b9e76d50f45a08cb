import { describe, expect, it } from "vitest";
import { startView } from "./start-view.ts";

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
