import { describe, expect, it } from "vitest";
import { fieldOwner, type ManagedFields } from "./field-manager.ts";
import type { FieldPath } from "./field-path.ts";

const image: FieldPath = [
  { field: "spec" },
  { field: "template" },
  { field: "spec" },
  { field: "containers" },
  { keys: { name: "app" } },
  { field: "image" },
];
const replicas: FieldPath = [{ field: "spec" }, { field: "replicas" }];

const controller: ManagedFields = {
  manager: "kustomize-controller",
  operation: "Apply",
  time: "2026-01-01T00:00:00Z",
  fieldsV1: {
    "f:spec": {
      "f:replicas": {},
      "f:template": { "f:spec": { "f:containers": { 'k:{"name":"app"}': { ".": {}, "f:name": {}, "f:image": {} } } } },
    },
  },
};
const edit: ManagedFields = {
  ...controller,
  manager: "kubectl-edit",
  operation: "Update",
  time: "2026-01-02T00:00:00Z",
};
const scale: ManagedFields = {
  manager: "kubectl",
  operation: "Update",
  subresource: "scale",
  fieldsV1: { "f:spec": { "f:replicas": {} } },
};

describe("fieldOwner", () => {
  it("finds the manager of a field in a list that is a map", () => {
    expect(fieldOwner([controller], image)).toEqual({
      manager: "kustomize-controller",
      operation: "Apply",
      time: "2026-01-01T00:00:00Z",
    });
  });

  it("prefers whoever is not the engine", () => {
    expect(fieldOwner([controller, edit], image, "kustomize-controller")?.manager).toBe("kubectl-edit");
  });

  it("knows the scale subresource, which may have no time", () => {
    expect(fieldOwner([controller, scale], replicas, "kustomize-controller")).toEqual({
      manager: "kubectl",
      operation: "Update",
    });
  });

  it("takes the owner of an atomic list for the owner of its items", () => {
    const args: ManagedFields = { manager: "kubectl-patch", fieldsV1: { "f:spec": { "f:args": {} } } };
    expect(fieldOwner([args], [{ field: "spec" }, { field: "args" }, { index: 2 }])?.manager).toBe("kubectl-patch");
  });

  it("knows nobody for a field that no entry names, for status and for broken entries", () => {
    expect(fieldOwner([controller], [{ field: "spec" }, { field: "paused" }])).toBeUndefined();
    expect(fieldOwner([{ ...scale, subresource: "status" }], replicas)).toBeUndefined();
    expect(
      fieldOwner(
        [{ manager: "x", fieldsV1: { "f:spec": { "f:l": { "k:{": {} } } } }],
        [{ field: "spec" }, { field: "l" }, { keys: { name: "a" } }],
      ),
    ).toBeUndefined();
  });
});
