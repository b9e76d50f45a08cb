import { describe, expect, it } from "vitest";
import { parseConflicts } from "./conflicts.ts";

describe("parseConflicts", () => {
  it("reads one conflict from its line", () => {
    expect(
      parseConflicts(
        'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
      ),
    ).toEqual([{ manager: "kubectl", field: "spec.replicas" }]);
  });

  it("reads several managers with several fields", () => {
    const message =
      'Apply failed with 3 conflicts: conflicts with "helm-controller" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="app"].image\nconflicts with "kubectl-edit" using apps/v1 at 2026-11-22T20:00:00Z:\n- .metadata.labels.tier';
    expect(parseConflicts(message).map(({ manager, field }) => `${manager} ${field}`)).toEqual([
      "helm-controller spec.replicas",
      'helm-controller spec.template.spec.containers[name="app"].image',
      "kubectl-edit metadata.labels.tier",
    ]);
  });

  it("finds none in another refusal", () => {
    expect(parseConflicts('Deployment.apps "x" is invalid: spec.selector: field is immutable')).toEqual([]);
  });
});
