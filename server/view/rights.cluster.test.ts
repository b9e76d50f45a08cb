import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lostLog } from "#server/http/streams.ts";
import { ClusterFixture } from "#server/kube/cluster-fixture.ts";
import { identify } from "#server/kube/identity.ts";
import { StreamHub } from "#server/stream/hub.ts";
import type { LiveClusterView } from "./cluster-view.ts";
import { bareView } from "./testing/bare-view.ts";

// Against the sandbox with its scenario: a person of this test alone, whose rights come and go while their view is open.
let cluster: ClusterFixture;
let view: LiveClusterView;
const rbac = "/apis/rbac.authorization.k8s.io/v1";
const soon = { timeout: 75_000, interval: 250 };
/** Ten seconds, and as many for a machine that has much to do. */
const lost = { timeout: 20_000, interval: 100 };

const reading = ["get", "list", "watch"];
const configMaps = { apiGroups: [""], resources: ["configmaps"], verbs: reading };
const logs = { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] };
const everythingElse = [
  {
    apiGroups: [""],
    resources: ["namespaces", "pods", "secrets", "services", "serviceaccounts", "persistentvolumeclaims"],
    verbs: reading,
  },
  {
    apiGroups: [
      ..."apps batch autoscaling policy networking.k8s.io apiextensions.k8s.io argoproj.io".split(" "),
      ...["source", "kustomize", "helm", "image", "notification"].map((group) => `${group}.toolkit.fluxcd.io`),
    ],
    resources: ["*"],
    verbs: reading,
  },
];

const role = () => `${rbac}/clusterroles/${cluster.namespace}`;
/** What the person's role holds from now on. */
async function allow(...rules: readonly object[]): Promise<void> {
  const body = [{ op: "replace", path: "/rules", value: rules }];
  await cluster.client.request({ method: "PATCH", path: role(), body, contentType: "application/json-patch+json" });
}

const subjects = () => [{ kind: "ServiceAccount", name: "person", namespace: cluster.namespace }];
const roleRef = () => ({ apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: cluster.namespace });

async function bind(namespace?: string): Promise<string> {
  const path = namespace ? `${rbac}/namespaces/${namespace}/rolebindings` : `${rbac}/clusterrolebindings`;
  const kind = namespace ? "RoleBinding" : "ClusterRoleBinding";
  const body = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: cluster.namespace },
    roleRef: roleRef(),
    subjects: subjects(),
  };
  await cluster.client.request({ method: "POST", path, body });
  return `${path}/${cluster.namespace}`;
}

const unbind = (path: string) => cluster.client.request({ method: "DELETE", path });
const rows = () => view.snapshot().items;
const count = (group: string, kind: string): number => [...view.store.list({ group, kind })].length;

/** How long something took, for whoever reads the run. */
async function timed(what: string, wait: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await wait();
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

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
  const body = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: cluster.namespace },
    rules: [...everythingElse, configMaps, logs],
  };
  await cluster.client.request({ method: "POST", path: `${rbac}/clusterroles`, body });
  everything = await bind();
  const { certificate: _c, key: _k, ...endpoint } = await cluster.credentialsOf("admin");
  const client = cluster.clientWith({ ...endpoint, token: status.token });
  view = bareView(client, await identify(client), {
    masker: cluster.masker,
    namespaceCandidates: ["doc-router-staging", "team-a"],
  });
  await view.start();
}, 60_000);

afterAll(async () => {
  await view.close();
  await cluster.client.request({ method: "DELETE", path: role() });
  await cluster.close();
});

describe("a view whose person", () => {
  it(
    "may not read one kind any more shows nothing of it any more within seconds, and all the rest",
    { timeout: 120_000 },
    async () => {
      await expect.poll(() => view.ready() && rows().length > 10 && count("", "ConfigMap") > 0, soon).toBe(true);
      await allow(...everythingElse, logs);
      await timed("one kind", () => expect.poll(() => count("", "ConfigMap"), lost).toBe(0));
      await expect.poll(() => view.limits().find(({ kind }) => kind === "ConfigMap")?.reason, soon).toBe("forbidden");
      expect(rows().length).toBeGreaterThan(10);
      expect(count("apps", "Deployment")).toBeGreaterThan(0);
    },
  );

  it("may not read a log any more gets nothing more of one that they follow", { timeout: 60_000 }, async () => {
    const [pod] = [...view.store.list({ group: "", kind: "Pod" })].filter(({ ref }) => ref.namespace === "team-a");
    if (!pod) throw new Error("team-a has no pod");
    const { namespace = "", name } = pod.ref;
    const stop = new AbortController();
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`;
    const source = await view.client.stream({ path, query: { follow: true }, signal: stop.signal });
    const hub = new StreamHub();
    const response = hub.bytes(source, () => stop.abort(), {
      sessionEnded: new AbortController().signal,
      signal: new AbortController().signal,
      closed: () => undefined,
      check: () => lostLog(view, pod.ref),
    });
    const ended = response.text().catch(() => "");
    expect(hub.size).toBe(1);
    await allow(...everythingElse);
    await timed("a log", () => expect.poll(() => hub.size, lost).toBe(0));
    await ended;
  });

  it("may not read any more shows nothing any more, and says so", { timeout: 120_000 }, async () => {
    await unbind(everything);
    await timed("everything", () => expect.poll(() => rows().length, lost).toBe(0));
    await expect.poll(() => view.limits().some(({ reason }) => reason === "forbidden"), soon).toBe(true);
    await expect.poll(() => count("", "Secret"), lost).toBe(0);
  });

  it("may read some namespaces shows them, and each as long as they may", { timeout: 200_000 }, async () => {
    const [one, other] = [await bind("team-a"), await bind("doc-router-staging")];
    const readable = () =>
      view
        .limits()
        .find(({ kind }) => kind === "Deployment")
        ?.namespaces?.toSorted();
    const namespaces = () =>
      [...new Set([...view.store.list({ group: "", kind: "Pod" })].map(({ ref }) => ref.namespace ?? ""))].toSorted();
    await expect.poll(readable, soon).toEqual(["doc-router-staging", "team-a"]);
    await expect.poll(namespaces, soon).toEqual(["doc-router-staging", "team-a"]);
    await expect.poll(() => rows().length, soon).toBeGreaterThan(0);
    expect(new Set(rows().map(({ namespace }) => namespace))).toEqual(new Set(["team-a"]));
    await unbind(one);
    await timed("one namespace", () => expect.poll(() => rows().length, lost).toBe(0));
    await expect.poll(namespaces, soon).toEqual(["doc-router-staging"]);
    await expect.poll(readable, soon).toEqual(["doc-router-staging"]);
    everything = await bind();
    await expect.poll(() => rows().length, soon).toBeGreaterThan(10);
    await unbind(other);
    await unbind(everything);
  });
});
