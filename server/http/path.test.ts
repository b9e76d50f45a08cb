import { describe, expect, it } from "vitest";
import { actionOf, resourceOf, unitOf } from "./path.ts";

describe("resourceOf", () => {
  it("reads core as the core group and _ as no namespace", () => {
    expect(resourceOf({ group: "core", version: "v1", kind: "Node", namespace: "_", name: "n" })).toEqual({
      group: "",
      version: "v1",
      kind: "Node",
      name: "n",
    });
    const ref = resourceOf({
      group: "rbac.authorization.k8s.io",
      version: "v1",
      kind: "Role",
      namespace: "a",
      name: "system:reader",
    });
    expect(ref).toEqual({
      group: "rbac.authorization.k8s.io",
      version: "v1",
      kind: "Role",
      namespace: "a",
      name: "system:reader",
    });
  });

  it("refuses names that would change the path to the API server", () => {
    for (const name of ["..", ".", "a/b", "a%2fb", "a?x", "a#x", "", "x".repeat(254)]) {
      expect(() => resourceOf({ group: "core", version: "v1", kind: "Pod", namespace: "a", name })).toThrow("name");
    }
  });
});

describe("unitOf and actionOf", () => {
  it("know the engines and actions alone", () => {
    expect(unitOf({ engine: "helm", namespace: "a", name: "b" })).toEqual({
      engine: "helm",
      namespace: "a",
      name: "b",
    });
    expect(() => unitOf({ engine: "constructor", namespace: "a", name: "b" })).toThrow("Engines");
    expect(actionOf("rollback")).toBe("rollback");
    expect(() => actionOf("delete")).toThrow("Actions");
  });
});
