import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClusterAccess } from "./access.ts";
import type { KubeClient, KubeRequest } from "./client.ts";
import { ClusterFixture, within } from "./cluster-fixture.ts";
import { credentialsFromKubeconfig } from "./credentials.ts";
import { createDiscovery } from "./discovery.ts";
import { identify } from "./identity.ts";

let cluster: ClusterFixture;
let client: KubeClient;

beforeAll(async () => {
  cluster = await ClusterFixture.open();
  ({ client } = cluster);
});

afterAll(() => cluster.close());

describe("credentials of the sandbox", () => {
  it("say who they are, by token and by certificate", async () => {
    expect((await identify(client)).username).toMatch(/^system:serviceaccount:.*:admin$/);
    const certificate = await identify(await cluster.clientOf("admin-certificate"));
    expect(certificate.username).not.toBe("");
    expect(certificate.username).not.toContain("serviceaccount");
  });

  it("are refused with 401 when they are wrong", async () => {
    const credentials = await cluster.credentialsOf("admin");
    const wrong = cluster.clientWith({ ...credentials, token: "wrong" });
    await expect(identify(wrong)).rejects.toMatchObject({ status: 401 });
    const untrusting = cluster.clientWith({ cluster: "c", server: cluster.sandbox.apiServerUrl, token: "wrong" });
    await expect(identify(untrusting)).rejects.toMatchObject({ status: 0, reason: "Untrusted" });
  });

  it("are enough for kubectl when written as a kubeconfig", async () => {
    expect(await client.kubeconfig()).toContain("certificate-authority-data");
    const again = cluster.clientWith(await credentialsFromKubeconfig(await client.kubeconfig()));
    expect(await identify(again)).toEqual(expect.objectContaining({ username: (await identify(client)).username }));
  });
});

describe("discovery", () => {
  it("finds kinds in their preferred version, and new ones after a refresh", async () => {
    const discovery = createDiscovery(client);
    await discovery.refresh();
    expect(discovery.resolve({ group: "apps", kind: "Deployment" })).toMatchObject({
      version: "v1",
      plural: "deployments",
      namespaced: true,
    });
    expect(discovery.resolve({ group: "", kind: "Node" })).toMatchObject({ version: "v1", namespaced: false });
    const changes: string[] = [];
    discovery.onChange(() => void changes.push("changed"));
    await discovery.refresh();
    expect(changes).toEqual([]);
    const group = `g${process.pid}-${Date.now().toString(36)}.example`;
    await client.request({
      method: "POST",
      path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      body: {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `widgets.${group}` },
        spec: {
          group,
          scope: "Namespaced",
          names: { plural: "widgets", kind: "Widget" },
          versions: [
            { name: "v1alpha1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
          ],
        },
      },
    });
    await expect
      .poll(async () => (await discovery.refresh(), discovery.resolve({ group, kind: "Widget" })), within)
      .toMatchObject({ plural: "widgets" });
    expect(changes.length).toBeGreaterThan(0);
    const { states } = cluster.follow({
      resource: { group, version: "v1alpha1", kind: "Widget", plural: "widgets", namespaced: true, verbs: [] },
    });
    await expect.poll(() => states.at(-1), within).toBe("synced");
    await client.request({
      method: "DELETE",
      path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${group}`,
    });
    await expect.poll(() => states.at(-1), within).toBe("absent");
  });

  it("reads the same from a server without aggregated discovery", async () => {
    const old = {
      request: <T>(request: KubeRequest): Promise<T> => client.request<T>({ ...request, accept: "application/json" }),
    };
    const [aggregated, legacy] = [createDiscovery(client), createDiscovery(old)];
    const keys = (discovery: typeof legacy): string[] =>
      discovery
        .all()
        .map(({ group, version, plural }) => `${group}/${version}/${plural}`)
        .sort();
    // Kinds that other tests have taken away go from the one a moment before they go from the other.
    const difference = async (): Promise<string[]> => {
      await Promise.all([aggregated.refresh(), legacy.refresh()]);
      const [one, other] = [keys(aggregated), keys(legacy)];
      return [...one.filter((key) => !other.includes(key)), ...other.filter((key) => !one.includes(key))];
    };
    await expect.poll(difference, within).toEqual([]);
    expect(keys(legacy).length).toBeGreaterThan(20);
  });
});

describe("access", () => {
  it("names the missing permission, and finds the namespaces of someone who can't list them", async () => {
    const access = createClusterAccess(await cluster.clientOf("team"));
    const [allowed, refused] = await access.review([
      { verb: "list", group: "apps", resource: "deployments", namespace: "team-a" },
      { verb: "list", group: "", resource: "namespaces" },
    ]);
    expect(allowed).toMatchObject({ allowed: true });
    expect(refused).toMatchObject({ allowed: false, reason: "needs list on namespaces" });
    expect(await access.readableNamespaces(["kube-system", "team-a", "doc-router-staging", "team-a", "../x"])).toEqual([
      "team-a",
      "doc-router-staging",
    ]);
  });
});
