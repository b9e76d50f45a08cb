import { describe, expect, it } from "vitest";
import { KubeError } from "./client.ts";
import type { KubeRequest } from "./client.ts";
import { createDiscovery } from "./discovery.ts";

const resource = (kind: string, plural: string): unknown => ({
  resource: plural,
  responseKind: { group: "", version: "", kind },
  scope: "Namespaced",
  verbs: ["list"],
});
const group = (name: string, versions: unknown[]): unknown => ({ metadata: { name }, versions });
const list = (...items: unknown[]): unknown => ({
  kind: "APIGroupDiscoveryList",
  apiVersion: "apidiscovery.k8s.io/v2",
  items,
});
const core = list(group("", [{ version: "v1", freshness: "Current", resources: [resource("Pod", "pods")] }]));

function clientOf(answers: Record<string, unknown>): { request<T>(request: KubeRequest): Promise<T> } {
  return {
    request<T>({ path }: KubeRequest): Promise<T> {
      const answer = answers[path];
      return answer === undefined
        ? Promise.reject(new KubeError(503, "ServiceUnavailable", path))
        : Promise.resolve(answer as T);
    },
  };
}

describe("discovery", () => {
  it("prefers the server's first version, and finds kinds that only a later one has", async () => {
    const apis = list(
      group("x.io", [
        { version: "v2", resources: [resource("A", "as")] },
        { version: "v1", resources: [resource("A", "as"), resource("B", "bs")] },
      ]),
    );
    const discovery = createDiscovery(clientOf({ "/api": core, "/apis": apis }));
    expect(discovery.resolve({ group: "", kind: "Pod" })).toBeUndefined();
    await discovery.refresh();
    expect(discovery.resolve({ group: "x.io", kind: "A" })).toMatchObject({ version: "v2", plural: "as" });
    expect(discovery.resolve({ group: "x.io", kind: "B" })).toMatchObject({ version: "v1" });
    expect(discovery.resolve({ group: "", kind: "Pod" })).toMatchObject({ plural: "pods" });
  });

  it("keeps what it knew of a group whose API server is down, and forgets a group that is gone", async () => {
    const answers: Record<string, unknown> = {
      "/api": core,
      "/apis": list(
        group("metrics.k8s.io", [{ version: "v1beta1", resources: [resource("NodeMetrics", "nodes")] }]),
        group("gone.io", [{ version: "v1", resources: [resource("G", "gs")] }]),
      ),
    };
    const discovery = createDiscovery(clientOf(answers));
    await discovery.refresh();
    answers["/apis"] = list(group("metrics.k8s.io", [{ version: "v1beta1", freshness: "Stale" }]));
    let changes = 0;
    discovery.onChange(() => void changes++);
    await discovery.refresh();
    expect(discovery.resolve({ group: "metrics.k8s.io", kind: "NodeMetrics" })).toBeDefined();
    expect(discovery.resolve({ group: "gone.io", kind: "G" })).toBeUndefined();
    expect(changes).toBe(1);
    await discovery.refresh();
    expect(changes).toBe(1);
  });

  it("keeps a kind whose definition stands when an API server that has just started does not serve it yet", async () => {
    const all = list(
      group("x.io", [{ version: "v1", resources: [resource("A", "as")] }]),
      group("gone.io", [{ version: "v1", resources: [resource("G", "gs")] }]),
    );
    const answers: Record<string, unknown> = { "/api": core, "/apis": all };
    const discovery = createDiscovery(clientOf(answers));
    expect(await discovery.refresh(["as.x.io"])).toBe(true);
    answers["/apis"] = list();
    expect(await discovery.refresh(["as.x.io", "never.served.io"])).toBe(false);
    expect(discovery.resolve({ group: "x.io", kind: "A" })).toMatchObject({ plural: "as" });
    expect(discovery.resolve({ group: "gone.io", kind: "G" })).toBeUndefined();
    answers["/apis"] = all;
    expect(await discovery.refresh(["as.x.io"])).toBe(true);
    answers["/apis"] = list();
    expect(await discovery.refresh()).toBe(true);
    expect(discovery.resolve({ group: "x.io", kind: "A" })).toBeUndefined();
  });

  it("asks group by group where the server is older, and survives one that fails", async () => {
    const discovery = createDiscovery(
      clientOf({
        "/api": { kind: "APIVersions", versions: ["v1"] },
        "/api/v1": {
          resources: [
            { name: "pods", kind: "Pod", namespaced: true, verbs: ["list"] },
            { name: "pods/log", kind: "Pod", namespaced: true },
          ],
        },
        "/apis": {
          kind: "APIGroupList",
          groups: [
            { name: "broken.io", versions: [{ groupVersion: "broken.io/v1" }] },
            {
              name: "apps",
              versions: [{ groupVersion: "apps/v1beta1" }, { groupVersion: "apps/v1" }],
              preferredVersion: { groupVersion: "apps/v1" },
            },
          ],
        },
        "/apis/apps/v1": { resources: [{ name: "deployments", kind: "Deployment", namespaced: true, verbs: [] }] },
        "/apis/apps/v1beta1": { resources: [{ name: "deployments", kind: "Deployment", namespaced: true, verbs: [] }] },
      }),
    );
    await discovery.refresh();
    expect(discovery.all().map(({ plural, version }) => `${plural}.${version}`)).toEqual(["pods.v1", "deployments.v1"]);
  });

  it("fails when the API server can't be asked, and keeps what it knew", async () => {
    const answers: Record<string, unknown> = { "/api": core, "/apis": list() };
    const discovery = createDiscovery(clientOf(answers));
    await discovery.refresh();
    delete answers["/api"];
    await expect(discovery.refresh()).rejects.toMatchObject({ status: 503 });
    expect(discovery.resolve({ group: "", kind: "Pod" })).toBeDefined();
  });
});
