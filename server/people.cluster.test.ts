import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initialWatches } from "#server/view/watch-plan.ts";
import { handlers } from "./actions/handlers.ts";
import { chartDirectory, DeployFixture, setJson } from "./deploy-fixture.ts";
import { createClusterAccess, type AccessAttributes, type ClusterAccess } from "./kube/access.ts";
import type { KubeClient } from "./kube/client.ts";
import { ClusterFixture } from "./kube/cluster-fixture.ts";
import { createDiscovery } from "./kube/discovery.ts";

/** The ClusterRoles for people, as the chart makes them, on accounts that are bound to them. */
const release = `people-${process.pid}`;
const roles = `${release}-driftglass`;

let deploy: DeployFixture;
let cluster: ClusterFixture;
let place: string;

interface Person {
  readonly access: ClusterAccess;
  readonly client: KubeClient;
  readonly kubeconfig: string;
}
let viewer: Person;
let operator: Person;

beforeAll(async () => {
  deploy = await DeployFixture.open();
  cluster = await ClusterFixture.open();
  place = await deploy.restrictedNamespace("people");
  const values = setJson({ "rbac.create": true });
  await deploy.must("helm", [
    "install",
    release,
    chartDirectory,
    `--namespace=${place}`,
    "--wait",
    "--timeout=40s",
    ...values,
  ]);
  viewer = await person("viewer");
  operator = await person("operator");
});

afterAll(async () => {
  await deploy.run("helm", ["uninstall", release, `--namespace=${place}`]);
  await cluster.close();
  await deploy.close();
});

/** An account that is bound to one of the ClusterRoles in the whole cluster, and its own credentials. */
async function person(role: "viewer" | "operator"): Promise<Person> {
  const name = `${release}-${role}`;
  await deploy.must("kubectl", ["create", "serviceaccount", name, `--namespace=${place}`]);
  const subject = `--serviceaccount=${place}:${name}`;
  await deploy.must("kubectl", ["create", "clusterrolebinding", name, `--clusterrole=${roles}-${role}`, subject]);
  deploy.later(["delete", "clusterrolebinding", name]);
  const token = (await deploy.must("kubectl", ["create", "token", name, `--namespace=${place}`])).trim();
  const { cluster: label, server, ca } = await cluster.credentialsOf("admin");
  const client = cluster.clientWith({ cluster: label, server, ...(ca !== undefined && { ca }), token });
  const kubeconfig = await deploy.file(
    `${role}.yaml`,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        { name: "c", cluster: { server, "certificate-authority-data": Buffer.from(ca ?? "").toString("base64") } },
      ],
      users: [{ name: "u", user: { token } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u", namespace: place } }],
      "current-context": "x",
    }),
  );
  return { access: createClusterAccess(client), client, kubeconfig };
}

/** The resources of kinds, by discovery; where the cluster does not serve a kind, by its usual plural. */
async function resourcesOf(
  kinds: readonly { group: string; kind: string }[],
): Promise<{ group: string; resource: string }[]> {
  const discovery = createDiscovery(cluster.client);
  await discovery.refresh();
  const names = kinds.map(({ group, kind }) => ({
    group,
    resource: discovery.resolve({ group, kind })?.plural ?? `${kind.toLowerCase().replace(/y$/, "ie")}s`,
  }));
  return [...new Map(names.map((name) => [JSON.stringify(name), name])).values()];
}

function attributes(
  resources: readonly { group: string; resource: string }[],
  verbs: readonly string[],
): AccessAttributes[] {
  return resources.flatMap((resource) => verbs.map((verb) => ({ ...resource, verb })));
}

async function refused(access: ClusterAccess, asked: readonly AccessAttributes[]): Promise<AccessAttributes[]> {
  return (await access.review(asked)).filter(({ allowed }) => !allowed).map(({ attributes: one }) => one);
}

async function allowed(access: ClusterAccess, asked: readonly AccessAttributes[]): Promise<AccessAttributes[]> {
  return (await access.review(asked)).filter((answer) => answer.allowed).map(({ attributes: one }) => one);
}

const changing = ["create", "update", "patch", "delete", "deletecollection"];
/** What would make somebody more than they are. */
const beyond: readonly AccessAttributes[] = [
  { verb: "create", group: "", resource: "pods", subresource: "exec" },
  { verb: "create", group: "", resource: "pods", subresource: "portforward" },
  { verb: "create", group: "", resource: "serviceaccounts", subresource: "token" },
  { verb: "impersonate", group: "", resource: "users" },
  { verb: "get", group: "", resource: "nodes", subresource: "proxy" },
  { verb: "get", group: "", resource: "services", subresource: "proxy", name: "http:anything:80" },
  { verb: "create", group: "rbac.authorization.k8s.io", resource: "clusterrolebindings" },
  { verb: "create", group: "rbac.authorization.k8s.io", resource: "rolebindings" },
  { verb: "escalate", group: "rbac.authorization.k8s.io", resource: "clusterroles" },
  { verb: "bind", group: "rbac.authorization.k8s.io", resource: "clusterroles" },
  { verb: "delete", group: "", resource: "namespaces" },
];

describe("the viewer's ClusterRole", () => {
  it("lets everything be listed and watched that a view starts with", async () => {
    const resources = await resourcesOf(initialWatches);
    expect(resources.length).toBeGreaterThan(20);
    expect(await refused(viewer.access, attributes(resources, ["get", "list", "watch"]))).toEqual([]);
  });

  it("lets events, logs, namespaces and the artifacts of source-controller be read", async () => {
    const asked: AccessAttributes[] = [
      { verb: "list", group: "", resource: "events" },
      { verb: "list", group: "", resource: "namespaces" },
      { verb: "get", group: "", resource: "pods", subresource: "log" },
      { verb: "get", group: "", resource: "services", subresource: "proxy", name: "http:source-controller:80" },
    ];
    expect(await refused(viewer.access, asked)).toEqual([]);
  });

  it("really lists pods, and the Secrets that are release records", async () => {
    const records = await viewer.client.request<{ items: unknown[] }>({
      path: `/api/v1/namespaces/${place}/secrets`,
      query: { labelSelector: `owner=helm,name=${release}` },
    });
    expect(records.items).toHaveLength(1);
    const pods = await viewer.client.request<{ items: unknown[] }>({ path: `/api/v1/namespaces/${place}/pods` });
    expect(pods.items).toHaveLength(1);
  });

  it("lets nothing be changed, as the API server lists its rules", async () => {
    const review = await viewer.client.request<{
      status: { resourceRules: { verbs: string[]; apiGroups: string[]; resources: string[] }[] };
    }>({
      method: "POST",
      path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
      body: { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace: place } },
    });
    const more = review.status.resourceRules
      .filter(({ verbs }) => verbs.some((verb) => !["get", "list", "watch"].includes(verb)))
      .flatMap(({ resources }) => resources);
    // Everybody who is logged in may ask who they are and what they may.
    expect([...new Set(more)].toSorted()).toEqual([
      "selfsubjectaccessreviews",
      "selfsubjectreviews",
      "selfsubjectrulesreviews",
    ]);
  });

  it("lets nothing be changed, asked verb by verb", async () => {
    const resources = await resourcesOf(initialWatches);
    expect(await allowed(viewer.access, [...attributes(resources, changing), ...beyond])).toEqual([]);
    const scale = ["scale", "deployment", roles, "--replicas=0", `--namespace=${place}`];
    expect((await deploy.run("kubectl", scale, viewer.kubeconfig)).stderr).toContain("Forbidden");
  });
});

describe("the operator's ClusterRole", () => {
  it("lets everything be read that the viewer's does", async () => {
    const resources = await resourcesOf(initialWatches);
    expect(await refused(operator.access, attributes(resources, ["get", "list", "watch"]))).toEqual([]);
  });

  it("lets every action of every engine patch what it patches", async () => {
    expect(Object.keys(handlers).toSorted()).toEqual([
      "argocd",
      "flux-helmrelease",
      "flux-kustomization",
      "helm",
      "kubectl",
    ]);
    const readAlone = ["Pod", "ReplicaSet", "ControllerRevision", "AppProject", "ApplicationSet"];
    const patched = initialWatches.filter(({ kind }) => !readAlone.includes(kind));
    expect(await refused(operator.access, attributes(await resourcesOf(patched), ["patch"]))).toEqual([]);
  });

  it("lets helm roll a release back and forth, and remove old records, with the real program", async () => {
    const where = [`--namespace=${place}`];
    const other = "released";
    const values = { fullnameOverride: other };
    await deploy.must("helm", ["install", other, chartDirectory, ...where, ...setJson(values)]);
    const without = setJson({ ...values, clusterName: "east", "networkPolicy.enabled": false });
    await deploy.must("helm", ["upgrade", other, chartDirectory, ...where, ...without]);
    const policy = ["get", "networkpolicy", other, ...where, "-o=name"];
    await deploy.must("helm", ["rollback", other, "1", ...where], operator.kubeconfig);
    expect(await deploy.must("kubectl", policy, operator.kubeconfig)).toContain("networkpolicy");
    await deploy.must("helm", ["rollback", other, "2", "--history-max=2", ...where], operator.kubeconfig);
    expect((await deploy.run("kubectl", policy, operator.kubeconfig)).stderr).toContain("NotFound");
    await deploy.must("helm", ["uninstall", other, ...where]);
  });

  it("lets a workload be restarted, undone and applied again", async () => {
    const where = [`--namespace=${place}`];
    const rollout = (...args: string[]) =>
      deploy.must("kubectl", ["rollout", ...args, `deployment/${roles}`, ...where], operator.kubeconfig);
    expect(await rollout("restart")).toContain("restarted");
    // There is nothing to go back from before the controller has made the next ReplicaSet.
    await rollout("status", "--timeout=40s");
    expect(await rollout("undo")).toContain("rolled back");
    const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "applied" }, data: { a: "b" } };
    const file = await deploy.file("applied.json", JSON.stringify(manifest));
    const apply = () => deploy.must("kubectl", ["apply", "-f", file, ...where], operator.kubeconfig);
    expect(await apply()).toContain("created");
    expect(await apply()).toContain("unchanged");
  });

  it("gives no way to more rights by the API, and to no other objects", async () => {
    const asked: AccessAttributes[] = [
      ...beyond,
      ...["create", "delete"].map((verb) => ({
        verb,
        group: "kustomize.toolkit.fluxcd.io",
        resource: "kustomizations",
      })),
      ...["create", "delete"].map((verb) => ({ verb, group: "argoproj.io", resource: "applications" })),
      { verb: "patch", group: "argoproj.io", resource: "appprojects" },
      { verb: "patch", group: "apiextensions.k8s.io", resource: "customresourcedefinitions" },
    ];
    expect(await allowed(operator.access, asked)).toEqual([]);
  });
});
