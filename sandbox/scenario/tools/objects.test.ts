import { describe, expect, it } from "vitest";
import { field } from "./objects.ts";

const object = { metadata: { annotations: { "a.b/c": "1" } }, spec: { containers: [{ name: "app", image: "x:1" }] } };

describe("field", () => {
  it("follows keys, indexes, names of list entries and keys with dots", () => {
    expect(field(object, "spec.containers.0.image")).toBe("x:1");
    expect(field(object, "spec.containers[name=app].image")).toBe("x:1");
    expect(field(object, 'metadata.annotations["a.b/c"]')).toBe("1");
  });

  it("is undefined where the path leads nowhere", () => {
    expect(field(object, "spec.containers[name=other].image")).toBeUndefined();
    expect(field(undefined, "spec")).toBeUndefined();
  });
});
