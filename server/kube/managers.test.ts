import { describe, expect, it } from "vitest";
import { managersAnnotation } from "#lib/model/annotations.ts";
import { annotationsWithManagers, managersOf } from "./managers.ts";

const apply = { manager: "kubectl", operation: "Apply" };

describe("managersOf", () => {
  it("names who applied and kubectl's own managers, each once and sorted", () => {
    expect(
      managersOf([
        apply,
        apply,
        { manager: "kubectl-create", operation: "Update" },
        { manager: "helm", operation: "Apply" },
      ]),
    ).toBe("helm,kubectl,kubectl-create");
  });

  it("leaves out controllers' updates and subresources", () => {
    expect(
      managersOf([
        { manager: "kube-controller-manager", operation: "Update" },
        { ...apply, subresource: "scale" },
      ]),
    ).toBeUndefined();
    expect(managersOf("broken")).toBeUndefined();
    expect(managersOf([null, { manager: 1 }])).toBeUndefined();
  });
});

describe("annotationsWithManagers", () => {
  it("adds the derived annotation and keeps the others", () => {
    expect(annotationsWithManagers({ annotations: { a: "b" }, managedFields: [apply] })).toEqual({
      a: "b",
      [managersAnnotation]: "kubectl",
    });
    expect(annotationsWithManagers({ managedFields: [apply] })).toEqual({ [managersAnnotation]: "kubectl" });
    expect(annotationsWithManagers({})).toBeUndefined();
  });

  it("does not believe what the cluster carries under its name", () => {
    expect(annotationsWithManagers({ annotations: { [managersAnnotation]: "kubectl" } })).toEqual({});
  });

  it("leaves out what a controller owns", () => {
    expect(
      annotationsWithManagers({ ownerReferences: [{ controller: true }], managedFields: [apply] }),
    ).toBeUndefined();
  });
});
