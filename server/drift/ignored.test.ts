import { describe, expect, it } from "vitest";
import type { DesiredObject } from "#server/desired/desired-state.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { ignoredOf } from "./ignored.ts";

const deployment = (replicas: number, image = "web:1", managedFields?: KubeObject["metadata"]["managedFields"]) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", ...(managedFields && { managedFields }) },
  spec: { replicas, template: { spec: { containers: [{ name: "web", image }] } } },
});
const ignored = (rules: Partial<DesiredObject>, live?: KubeObject) =>
  ignoredOf({ object: deployment(1), ...rules }, live, { fieldManager: "argocd-controller" }).ignored;

describe("what of an object is not judged", () => {
  it("are the fields and managers of ignore rules", () => {
    expect(ignored({ ignore: ["/spec/replicas"], ignoreManagers: ["hpa"] })).toEqual({
      paths: ["/spec/replicas"],
      managers: ["hpa"],
    });
  });

  it("is all of it where its own metadata says so", () => {
    expect(ignored({ skip: "kustomize.toolkit.fluxcd.io/ssa: ignore" }, deployment(3))).toEqual({
      whole: "kustomize.toolkit.fluxcd.io/ssa: ignore",
    });
  });

  it("is nothing where no rule concerns it", () => {
    expect(ignored({ ignore: [] }, deployment(3))).toBeUndefined();
  });

  it("comes with the differences that the rules hide now, and with none that count", () => {
    const { hidden } = ignored({ ignore: ["/spec/replicas"] }, deployment(3, "web:2")) ?? {};
    expect(hidden).toEqual([{ path: "spec.replicas", from: "1", to: "3" }]);
  });

  it("hides what an ignored manager wrote, and says so", () => {
    const managedFields = [
      {
        manager: "hpa",
        operation: "Update",
        time: "2026-01-02T03:04:05Z",
        fieldsV1: { "f:spec": { "f:replicas": {} } },
      },
    ];
    const { hidden } = ignored({ ignoreManagers: ["hpa"] }, deployment(3, "web:2", managedFields)) ?? {};
    expect(hidden?.map(({ path, manager }) => [path, manager])).toEqual([["spec.replicas", "hpa"]]);
  });

  it("hides nothing where live is what is desired", () => {
    expect(ignored({ ignore: ["/spec/replicas"] }, deployment(1))).toEqual({ paths: ["/spec/replicas"] });
  });
});
