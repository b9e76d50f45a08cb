import { describe, expect, it } from "vitest";
import { tidyTree } from "./tidy-tree.ts";
import type { Line, Placed } from "./walk.ts";

const measures = { width: 100, height: 40, across: 60, down: 10 };

function lines(...pairs: string[]): Line[] {
  return pairs.map((pair) => {
    const [from = "", to = ""] = pair.split(">");
    return { from, to };
  });
}

function place(...pairs: string[]): Record<string, readonly [x: number, y: number]> {
  return Object.fromEntries(tidyTree(lines(...pairs), "app", measures).map(({ id, x, y }) => [id, [x, y]]));
}

function overlaps(places: readonly Placed[]): string[] {
  const { width, height } = measures;
  return places.flatMap((a, index) =>
    places
      .slice(index + 1)
      .filter((b) => Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < height)
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe("the places of a tree", () => {
  it("has the root in the middle of what it owns, one column to the left", () =>
    expect(place("app>a", "app>b", "app>c")).toEqual({ app: [0, 50], a: [160, 0], b: [160, 50], c: [160, 100] }));

  it("keeps the order of the lines from top to bottom", () => {
    const places = place("app>z", "app>a", "z>z2", "z>z1");
    expect(Object.keys(places)).toEqual(["app", "z", "z2", "z1", "a"]);
    expect(places).toMatchObject({ z2: [320, 0], z1: [320, 50], z: [160, 25], a: [160, 75] });
  });

  it("has what leads to the root at its left, around its middle", () =>
    expect(place("source>app", "parent>app", "app>a")).toEqual({
      source: [0, 0],
      parent: [0, 50],
      app: [160, 25],
      a: [320, 25],
    }));

  it("begins at the top, also where what leads to the root is taller than what it owns", () => {
    const places = tidyTree(lines("s1>app", "s2>app", "s3>app", "app>a"), "app", measures);
    expect(Math.min(...places.map(({ y }) => y))).toBe(0);
  });

  it("places a root that owns nothing", () => expect(place()).toEqual({ app: [0, 0] }));

  it("lets no two cards overlap, and no column waste more room than its neighbours need", () => {
    const pairs = Array.from({ length: 600 }, (_, index) => {
      const owner = index === 0 ? "app" : `n${Math.floor((index * index * 7) % index)}`;
      return `${index % 4 === 0 ? "app" : owner}>n${index}`;
    });
    const places = tidyTree(lines(...pairs), "app", measures);
    expect(places).toHaveLength(601);
    expect(overlaps(places)).toEqual([]);
    const tallest = Math.max(...places.map(({ y }) => y));
    expect(tallest).toBeLessThan(600 * (measures.height + measures.down));
  });
});
