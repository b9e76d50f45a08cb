import { describe, expect, it } from "vitest";
import type { KubeObject } from "#server/kube/object.ts";
import { danglingReferences } from "./dangling-references.ts";

const deployment = (pod: unknown): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop" },
  spec: { template: { spec: pod } },
});
const deleted = (kind: string, name: string, namespace = "shop") => ({
  ref: { group: "", kind, namespace, name },
  change: "removed" as const,
});

describe("danglingReferences", () => {
  it("warns of a service account that stays because Kubernetes keeps it", () => {
    const warnings = danglingReferences(
      [{ applied: deployment({}), live: deployment({ serviceAccountName: "web" }) }],
      [deleted("ServiceAccount", "web")],
    );
    expect(warnings).toEqual([
      "Deployment/web goes on naming ServiceAccount/web, which is deleted: its pods will not start until that is mended.",
    ]);
  });

  it("finds ConfigMaps and Secrets wherever a pod names them, unless they are optional", () => {
    const pod = {
      containers: [
        {
          envFrom: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "extra", optional: true } }],
          env: [{ valueFrom: { secretKeyRef: { name: "token", key: "t" } } }],
        },
      ],
      volumes: [{ secret: { secretName: "tls" } }],
    };
    const gone = [
      deleted("ConfigMap", "settings"),
      deleted("Secret", "extra"),
      deleted("Secret", "token"),
      deleted("Secret", "tls"),
      deleted("Secret", "tls", "elsewhere"),
    ];
    expect(danglingReferences([{ applied: deployment(pod) }], gone)).toHaveLength(3);
  });

  it("says nothing of what nobody names", () => {
    expect(danglingReferences([{ applied: deployment({}) }], [deleted("ServiceAccount", "web")])).toEqual([]);
  });
});
