import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ClusterFixture } from "#server/kube/cluster-fixture.ts";
import { identify } from "#server/kube/identity.ts";
import type { LiveClusterView } from "./cluster-view.ts";
import { bareView } from "./testing/bare-view.ts";

// Against the sandbox with its scenario: a person of this test alone, whose rights come and go while their view is open.
let cluster: ClusterFixture;
let view: LiveClusterView;
const rbac = "/apis/rbac.authorization.k8s.io/v1";
const soon = { timeout: 75_000, interval: 250 };

const subjects = () => [{ kind: "ServiceAccount", name: "person", namespace: cluster.namespace }];
const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "driftglass-viewer" };

async function bind(namespace?: string): Promise<string> {
  const path = namespace ? `${rbac}/namespaces/${namespace}/rolebindings` : `${rbac}/clusterrolebindings`;
  const kind = namespace ? "RoleBinding" : "ClusterRoleBinding";
  const body = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: cluster.namespace },
    roleRef,
    subjects: subjects(),
  };
  await cluster.client.request({ method: "POST", path, body });
  return `${path}/${cluster.namespace}`;
}

const unbind = (path: string) => cluster.client.request({ method: "DELETE", path });
const rows = () => view.snapshot().items;

let everything = "";
beforeAll(async () => {
  cluster = await ClusterFixture.open();
  const accounts = `/api/v1/namespaces/${cluster.namespace}/serviceaccounts`;
  const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "person" } };
  await cluster.client.request({ method: "POST", path: accounts, body: account });
  const { status } = await cluster.client.request<{ status: { token: string } }>({
    method: "POST",
    path: `${accounts}/person/token`,
    body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} },
  });
  everything = await bind();
  const { certificate: _c, key: _k, ...endpoint } = await cluster.credentialsOf("admin");
  const client = cluster.clientWith({ ...endpoint, token: status.token });
  view = bareView(client, await identify(client), { masker: cluster.masker, namespaceCandidates: ["team-a"] });
  await view.start();
}, 60_000);

afterAll(async () => {
  await view.close();
  await cluster.close();
});

describe("a view whose person", () => {
  it("may not read any more shows nothing any more, and says so", { timeout: 120_000 }, async () => {
    await expect.poll(() => view.ready() && rows().length > 10, soon).toBe(true);
    await unbind(everything);
    await expect.poll(() => rows().length, { timeout: 45_000, interval: 250 }).toBe(0);
    await expect.poll(() => view.limits().some(({ reason }) => reason === "forbidden"), soon).toBe(true);
    expect([...view.store.list({ group: "", kind: "Secret" })]).toEqual([]);
  });

  it("may read one namespace shows it, and everything once they may", { timeout: 200_000 }, async () => {
    const one = await bind("team-a");
    await expect
      .poll(() => view.limits().find(({ kind }) => kind === "Deployment")?.namespaces, soon)
      .toEqual(["team-a"]);
    await expect.poll(() => rows().length, soon).toBeGreaterThan(0);
    expect(new Set(rows().map(({ namespace }) => namespace))).toEqual(new Set(["team-a"]));
    everything = await bind();
    await expect.poll(() => rows().length, soon).toBeGreaterThan(10);
    await unbind(one);
    await unbind(everything);
  });
});
