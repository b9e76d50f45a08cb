import { describe, expect, it } from "vitest";
import { walk } from "./walk.ts";

const places = [
  { id: "app", x: 0, y: 50 },
  { id: "web", x: 100, y: 0 },
  { id: "api", x: 100, y: 100 },
  { id: "pod1", x: 200, y: 80 },
  { id: "pod2", x: 200, y: 120 },
];
const lines = [
  { from: "app", to: "web" },
  { from: "app", to: "api" },
  { from: "api", to: "pod1" },
  { from: "api", to: "pod2" },
];

describe("a walk by arrow keys", () => {
  it("goes right to the topmost of what is owned", () => {
    expect(walk(places, lines, "app", "right")).toBe("web");
    expect(walk(places, lines, "api", "right")).toBe("pod1");
  });
  it("goes left to the owner", () => expect(walk(places, lines, "pod2", "left")).toBe("api"));
  it("goes up and down within a column, whoever the owner is", () => {
    expect(walk(places, lines, "web", "down")).toBe("api");
    expect(walk(places, lines, "pod2", "up")).toBe("pod1");
  });
  it("stays at an end", () => {
    expect(walk(places, lines, "web", "up")).toBeUndefined();
    expect(walk(places, lines, "web", "right")).toBeUndefined();
    expect(walk(places, lines, "app", "left")).toBeUndefined();
    expect(walk(places, lines, "gone", "left")).toBeUndefined();
  });
});
