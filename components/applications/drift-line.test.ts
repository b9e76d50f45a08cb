import { describe, expect, it } from "vitest";
import { driftLine, shortPath } from "./drift-line.ts";

const ref = { group: "apps", kind: "Deployment", namespace: "shop", name: "cart" };

describe("driftLine", () => {
  it("begins with the field and its values", () => {
    const top = { ref, path: "spec.replicas", from: "2", to: "4", manager: "kubectl" };
    expect(driftLine({ status: "Drifted", count: 1, top })).toBe("spec.replicas 2 → 4 · Deployment/cart · kubectl");
  });

  it("leaves out the registry that both images come from, and counts the other objects", () => {
    const path = "spec.template.spec.containers[name=app].image";
    const top = { ref, path, from: "registry.example.com/shop/cart:1", to: "registry.example.com/shop/cart:2" };
    expect(driftLine({ status: "Drifted", count: 3, top })).toBe(
      "containers[app].image cart:1 → cart:2 · Deployment/cart · 2 more",
    );
  });

  it("says nothing where no field is known", () => {
    expect(driftLine({ status: "Drifted", count: 1 })).toBeUndefined();
  });
});

describe("shortPath", () => {
  it.each([
    ["data.KEY", "data.KEY"],
    ["metadata.labels.tier", "labels.tier"],
    ["metadata.annotations[example.com/a.b]", "metadata.annotations[example.com/a.b]"],
    ["", ""],
  ])("shortens %s to %s", (path, short) => expect(shortPath(path)).toBe(short));
});
