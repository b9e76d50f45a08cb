import { describe, expect, it } from "vitest";
import type { ResourceActionRequest } from "#lib/model/resource-action.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { KubeRequest } from "#server/kube/client.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { AuditEntry } from "../audit.ts";
import { createAudited } from "../audited.ts";
import { createResourceActions } from "./resource-actions.ts";

const deployment = { group: "apps", kind: "Deployment", namespace: "a", name: "web" };
const pod = { group: "", kind: "Pod", namespace: "a", name: "web-1-x" };
const objects: Record<string, KubeObject> = {
  "/apis/apps/v1/namespaces/a/deployments/web": {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "web",
      namespace: "a",
      uid: "u1",
      managedFields: [
        { manager: "kustomize-controller", operation: "Apply", fieldsV1: { "f:spec": { "f:replicas": {} } } },
      ],
    },
    spec: { replicas: 2 },
  },
  "/api/v1/namespaces/a/pods/web-1-x": {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "web-1-x",
      namespace: "a",
      uid: "u2",
      ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "web-1", uid: "u3", controller: true }],
    },
  },
};
const plurals: Record<string, string> = { Deployment: "deployments", Pod: "pods", ReplicaSet: "replicasets" };

function setUp({ allowed = true, autoscaled = false } = {}) {
  const sent: KubeRequest[] = [];
  const entries: AuditEntry[] = [];
  const client = {
    request: (request: KubeRequest) => {
      if (request.method === undefined) return Promise.resolve(objects[request.path]);
      sent.push(request);
      return Promise.resolve({});
    },
  };
  const discovery = {
    resolve: ({ group, kind }: { group: string; kind: string }) => ({
      group,
      version: "v1",
      kind,
      plural: plurals[kind] ?? "",
      namespaced: true,
    }),
  };
  const autoscaler = {
    ref: { group: "autoscaling", kind: "HorizontalPodAutoscaler", namespace: "a", name: "web-hpa" },
    object: { spec: { scaleTargetRef: { kind: "Deployment", name: "web" } } },
  };
  const store = { get: () => undefined, list: () => (autoscaled ? [autoscaler] : []) };
  const access = {
    review: (asked: readonly object[]) =>
      Promise.resolve(asked.map((attributes) => ({ attributes, allowed, ...(!allowed && { reason: "needs it" }) }))),
  };
  const view = { cluster: "c", client, discovery, store, access } as unknown as ClusterView;
  const io = { client, discovery, store, masker: createMasker() } as unknown as EngineIo;
  const port = createResourceActions({
    ioOf: () => io,
    audited: createAudited(
      (_view, entry) => entries.push(entry),
      createMasker(),
      () => "2026-01-01T00:00:00Z",
    ),
  });
  const actor = { username: "jane", groups: [] };
  const perform = (ref: ResourceRef, action: "scale" | "delete", request: ResourceActionRequest) =>
    port.performOnResource({ view, ref, action, request, actor });
  return { port, view, perform, sent, entries };
}

describe("scaling", () => {
  it("is previewed by a dry run of the scale subresource, with the diff, and not audited", async () => {
    const { perform, sent, entries } = setUp();
    const preview = await perform(deployment, "scale", { preview: true, replicas: 5 });
    expect(sent).toMatchObject([
      { method: "PATCH", path: "/apis/apps/v1/namespaces/a/deployments/web/scale", query: { dryRun: "All" } },
    ]);
    expect(preview).toMatchObject({ accepted: true, message: "Deployment/web would have 5 pods instead of 2." });
    expect(preview.changes?.[0]?.fields).toMatchObject([{ path: "spec.replicas", from: "2", to: "5" }]);
    expect(entries).toEqual([]);
  });
  it("says who will set it back", async () => {
    const { warnings } = await setUp({ autoscaled: true }).perform(deployment, "scale", { preview: true, replicas: 5 });
    expect(warnings.join(" ")).toContain("HorizontalPodAutoscaler web-hpa");
    expect(warnings.join(" ")).toContain("kustomize-controller applies spec.replicas too");
  });
  it("changes the number alone and is audited with both numbers", async () => {
    const { perform, sent, entries } = setUp();
    await perform(deployment, "scale", { replicas: 0, reason: "night" });
    expect(sent).toMatchObject([{ body: { spec: { replicas: 0 } }, query: { fieldManager: "driftglass" } }]);
    expect(sent[0]?.query).not.toHaveProperty("dryRun");
    expect(entries).toMatchObject([
      { who: "jane", action: "scale", result: "accepted", unit: "apps/Deployment/a/web", from: "2", to: "0" },
    ]);
  });
  it("needs a number", async () => {
    await expect(setUp().perform(deployment, "scale", {})).rejects.toMatchObject({ problem: { status: 422 } });
  });
  it("is refused without the permission, before anything is sent, and audited as refused", async () => {
    const { perform, sent, entries } = setUp({ allowed: false });
    await expect(perform(deployment, "scale", { replicas: 1 })).rejects.toMatchObject({ problem: { status: 403 } });
    expect(await perform(deployment, "scale", { replicas: 1, preview: true })).toMatchObject({ accepted: false });
    expect(sent).toEqual([]);
    expect(entries).toMatchObject([{ result: "refused" }]);
  });
});

describe("deleting a pod", () => {
  it("deletes only the very pod that was looked at, and says what starts another", async () => {
    const { perform, sent, entries } = setUp();
    const result = await perform(pod, "delete", {});
    expect(sent).toMatchObject([
      { method: "DELETE", path: "/api/v1/namespaces/a/pods/web-1-x", body: { preconditions: { uid: "u2" } } },
    ]);
    expect(result).toMatchObject({
      message: "Pod/web-1-x is being deleted; ReplicaSet web-1 starts another.",
      warnings: [],
    });
    expect(entries).toMatchObject([{ action: "delete", unit: "core/Pod/a/web-1-x", owner: "apps/ReplicaSet/a/web-1" }]);
  });
  it("is previewed by a dry run that the API server takes for one: said in the body, beside the precondition", async () => {
    const { perform, sent, entries } = setUp();
    const preview = await perform(pod, "delete", { preview: true });
    expect(sent.map(({ method, query, body }) => ({ method, query, body }))).toEqual([
      {
        method: "DELETE",
        query: undefined,
        body: { apiVersion: "v1", kind: "DeleteOptions", preconditions: { uid: "u2" }, dryRun: ["All"] },
      },
    ]);
    expect(preview).toMatchObject({ accepted: true, changes: [{ change: "removed" }] });
    expect(entries).toEqual([]);
  });
  it("is not offered for anything else", async () => {
    const { perform, sent } = setUp();
    await expect(perform(deployment, "delete", {})).rejects.toMatchObject({ problem: { status: 422 } });
    expect(sent).toEqual([]);
  });
});

describe("what a person can do with a resource", () => {
  it("is what makes sense for its kind, with what is missing", async () => {
    const { port, view } = setUp({ allowed: false });
    expect(await port.resourcePermissions(view, pod)).toEqual({
      items: [{ action: "delete", allowed: false, reason: "Needs it." }],
    });
    expect((await port.resourcePermissions(view, { group: "", kind: "Service", name: "s" })).items).toEqual([]);
  });
});
