import { describe, expect, it } from "vitest";
import type { KubeObject, ManagedFieldsEntry } from "#server/kube/object.ts";
import { appliedFields } from "./managed-fields.ts";

const container = 'k:{"name":"app"}';
const apply = (fieldsV1: unknown, manager = "kubectl"): ManagedFieldsEntry => ({
  manager,
  operation: "Apply",
  fieldsV1,
});
const update = (manager: string, fieldsV1: unknown, subresource?: string): ManagedFieldsEntry => ({
  manager,
  operation: "Update",
  fieldsV1,
  ...(subresource !== undefined && { subresource }),
});
const image = {
  "f:spec": {
    "f:template": { "f:spec": { "f:containers": { [container]: { ".": {}, "f:name": {}, "f:image": {} } } } },
  },
};
const replicas = { "f:spec": { "f:replicas": {} } };
const deployment = (...managedFields: ManagedFieldsEntry[]): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", labels: { app: "web", by: "hand" }, managedFields },
  spec: {
    replicas: 2,
    template: {
      spec: {
        restartPolicy: "Always",
        containers: [
          { name: "app", image: "web:1", imagePullPolicy: "IfNotPresent" },
          { name: "injected", image: "proxy:1" },
        ],
      },
    },
  },
});

describe("what kubectl applied server-side", () => {
  it("is what it owns, at the values that it has: no defaults, nothing of others", () => {
    const labels = { "f:metadata": { "f:labels": { "f:app": {} } } };
    const found = appliedFields(deployment(apply({ ...labels, "f:spec": { ...image["f:spec"], "f:replicas": {} } })));
    expect(found).toEqual({
      object: {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
        spec: { replicas: 2, template: { spec: { containers: [{ name: "app", image: "web:1" }] } } },
      },
      taken: [],
    });
  });

  it("has lost what somebody has written since: who, and which fields", () => {
    const found = appliedFields(
      deployment(apply(image), update("kubectl", replicas, "scale"), update("kubectl-edit", image)),
    );
    expect(found?.taken).toEqual([
      { manager: "kubectl", fields: ["spec.replicas"] },
      {
        manager: "kubectl-edit",
        fields: ["spec.template.spec.containers[name=app].name", "spec.template.spec.containers[name=app].image"],
      },
    ]);
    expect(found?.object["spec"]).not.toHaveProperty("replicas");
  });

  it("is not lost to controllers, which write what nobody applies", () => {
    const found = appliedFields(
      deployment(
        apply(image),
        update("kube-controller-manager", {
          "f:metadata": { "f:annotations": { "f:deployment.kubernetes.io/revision": {} } },
        }),
        update("argo-rollouts-controller", replicas),
        update("anyone", { "f:status": { "f:replicas": {} } }, "status"),
      ),
    );
    expect(found?.taken).toEqual([]);
  });

  it("is nothing where others apply, or where kubectl applied by other means", () => {
    expect(appliedFields(deployment(apply(image, "helm")))).toBeUndefined();
    expect(appliedFields(deployment(update("kubectl-client-side-apply", image)))).toBeUndefined();
  });
});
