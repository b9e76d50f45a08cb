import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createClusterAccess } from "./access.ts";
import type { ApiResource } from "./api-resource.ts";
import { KubeError } from "./client.ts";
import type { KubeClient } from "./client.ts";
import { credentialsFromKubeconfig } from "./credentials.ts";
import { createDiscovery } from "./discovery.ts";
import { identify } from "./identity.ts";
import { createKubeClient } from "./kube-client.ts";
import { ObjectStore } from "./object-store.ts";
import { readObject } from "./read.ts";
import { createMasker } from "./redaction/masker.ts";
import { Reflector } from "./reflector.ts";
import type { ReflectorOptions } from "./reflector-options.ts";

// Against a real control plane: DRIFTGLASS_SANDBOX is the path of a running sandbox's sandbox.json. Its API server gets killed.
const sandboxSchema = z.object({
  name: z.string(),
  apiServerUrl: z.string(),
  logins: z.array(z.object({ name: z.string(), kubeconfig: z.string() })),
});
const run = promisify(execFile);
const namespace = `reflector-${process.pid}`;
const masker = createMasker();
const configMaps: ApiResource = { group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", namespaced: true, verbs: [] };
const secrets: ApiResource = { group: "", version: "v1", kind: "Secret", plural: "secrets", namespaced: true, verbs: [] };
const clients: KubeClient[] = [];
const reflectors: Reflector[] = [];
let sandbox: z.infer<typeof sandboxSchema>;
let client: KubeClient;

async function clientOf(login: string): Promise<KubeClient> {
  const entry = sandbox.logins.find(({ name }) => name === login);
  const made = createKubeClient(await credentialsFromKubeconfig(await readFile(entry?.kubeconfig ?? "", "utf8"), { local: true }), { masker });
  clients.push(made);
  return made;
}

function follow(options: Partial<ReflectorOptions> & Pick<ReflectorOptions, "resource">): { store: ObjectStore; states: string[]; reflector: Reflector } {
  const store = new ObjectStore();
  const states: string[] = [];
  const reflector = new Reflector({
    client,
    masker,
    namespace,
    onBatch: (edits) => void store.apply(edits),
    onState: ({ state }) => void states.push(state),
    ...options,
  });
  reflectors.push(reflector);
  void reflector.start();
  return { store, states, reflector };
}

async function create(resource: ApiResource, name: string, fields: Record<string, unknown>): Promise<void> {
  const { kind, plural } = resource;
  await client.request({ method: "POST", path: `/api/v1/namespaces/${namespace}/${plural}`, body: { apiVersion: "v1", kind, metadata: { name }, ...fields } });
}

async function remove(name: string): Promise<void> {
  await client.request({ method: "DELETE", path: `/api/v1/namespaces/${namespace}/configmaps/${name}` });
}

const names = (store: ObjectStore): string[] => [...store.list(configMaps)].map(({ ref }) => ref.name).filter((name) => name !== "kube-root-ca.crt").sort();
const within = { timeout: 30_000, interval: 50 };

beforeAll(async () => {
  sandbox = sandboxSchema.parse(JSON.parse(await readFile(process.env["DRIFTGLASS_SANDBOX"] ?? "", "utf8")));
  client = await clientOf("admin");
  await client.request({ method: "POST", path: "/api/v1/namespaces", body: { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } } });
});

afterAll(async () => {
  await Promise.all(reflectors.map((reflector) => reflector.stop()));
  await client.request({ method: "DELETE", path: `/api/v1/namespaces/${namespace}` });
  await Promise.all(clients.map((one) => one.close()));
});

describe("credentials of the sandbox", () => {
  it("say who they are, by token and by certificate", async () => {
    expect((await identify(client)).username).toMatch(/^system:serviceaccount:.*:admin$/);
    const certificate = await identify(await clientOf("admin-certificate"));
    expect(certificate.username).not.toBe("");
    expect(certificate.username).not.toContain("serviceaccount");
  });

  it("are refused with 401 when they are wrong", async () => {
    const entry = sandbox.logins.find(({ name }) => name === "admin");
    const credentials = await credentialsFromKubeconfig(await readFile(entry?.kubeconfig ?? "", "utf8"), { local: true });
    const wrong = createKubeClient({ ...credentials, token: "wrong" });
    clients.push(wrong);
    await expect(identify(wrong)).rejects.toMatchObject({ status: 401 });
    const untrusting = createKubeClient({ cluster: "c", server: sandbox.apiServerUrl, token: "wrong" });
    clients.push(untrusting);
    await expect(identify(untrusting)).rejects.toMatchObject({ status: 0, reason: "Untrusted" });
  });

  it("are enough for kubectl when written as a kubeconfig", async () => {
    expect(await client.kubeconfig()).toContain("certificate-authority-data");
    const again = createKubeClient(await credentialsFromKubeconfig(await client.kubeconfig()));
    clients.push(again);
    expect(await identify(again)).toEqual(expect.objectContaining({ username: (await identify(client)).username }));
  });
});

describe("discovery", () => {
  it("finds kinds in their preferred version, and new ones after a refresh", async () => {
    const discovery = createDiscovery(client);
    await discovery.refresh();
    expect(discovery.resolve({ group: "apps", kind: "Deployment" })).toMatchObject({ version: "v1", plural: "deployments", namespaced: true });
    expect(discovery.resolve({ group: "", kind: "Node" })).toMatchObject({ version: "v1", namespaced: false });
    const changes: string[] = [];
    discovery.onChange(() => void changes.push("changed"));
    await discovery.refresh();
    expect(changes).toEqual([]);
    const group = `g${process.pid}.example`;
    await client.request({
      method: "POST",
      path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      body: {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `widgets.${group}` },
        spec: { group, scope: "Namespaced", names: { plural: "widgets", kind: "Widget" }, versions: [{ name: "v1alpha1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }] },
      },
    });
    await expect.poll(async () => (await discovery.refresh(), discovery.resolve({ group, kind: "Widget" })), within).toMatchObject({ plural: "widgets" });
    expect(changes.length).toBeGreaterThan(0);
    const { states } = follow({ resource: { group, version: "v1alpha1", kind: "Widget", plural: "widgets", namespaced: true, verbs: [] } });
    await expect.poll(() => states.at(-1), within).toBe("synced");
    await client.request({ method: "DELETE", path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${group}` });
    await expect.poll(() => states.at(-1), within).toBe("absent");
  });

  it("reads the same from a server without aggregated discovery", async () => {
    const old = { request: <T>({ accept: _, ...request }: Parameters<KubeClient["request"]>[0]): Promise<T> => client.request<T>(request) };
    const [aggregated, legacy] = [createDiscovery(client), createDiscovery(old)];
    await Promise.all([aggregated.refresh(), legacy.refresh()]);
    const keys = (discovery: typeof legacy): string[] => discovery.all().map(({ group, version, plural }) => `${group}/${version}/${plural}`).sort();
    expect(keys(legacy)).toEqual(keys(aggregated));
  });
});

describe("access", () => {
  it("names the missing permission, and finds the namespaces of someone who can't list them", async () => {
    const access = createClusterAccess(await clientOf("team"));
    const [allowed, refused] = await access.review([
      { verb: "list", group: "apps", resource: "deployments", namespace: "team-a" },
      { verb: "list", group: "", resource: "namespaces" },
    ]);
    expect(allowed).toMatchObject({ allowed: true });
    expect(refused).toMatchObject({ allowed: false, reason: "needs list on namespaces" });
    expect(await access.readableNamespaces(["kube-system", "team-a", "doc-router-staging", "team-a", "../x"])).toEqual(["team-a", "doc-router-staging"]);
  });
});

describe("a reflector", () => {
  it("streams the list, then follows every change", async () => {
    await create(configMaps, "first", { data: { a: "1" } });
    const { store, states } = follow({ resource: configMaps });
    await expect.poll(() => states, within).toEqual(["syncing", "synced"]);
    expect(names(store)).toContain("first");
    expect(store.get(`/ConfigMap/${namespace}/first`)?.object.metadata.managedFields).toBeUndefined();
    await create(configMaps, "second", {});
    await expect.poll(() => names(store), within).toEqual(["first", "second"]);
    await remove("first");
    await expect.poll(() => names(store), within).toEqual(["second"]);
    await remove("second");
  });

  it("lists by pages where lists can't be streamed", async () => {
    await create(configMaps, "paged", {});
    const asked: string[] = [];
    const { store, states } = follow({
      resource: configMaps,
      client: {
        request: (request) => {
          asked.push("list");
          return client.request(request);
        },
        stream: (request) => {
          if (!request.query?.["sendInitialEvents"]) return client.stream(request);
          return Promise.reject(new KubeError(422, "Invalid", "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled"));
        },
      },
    });
    await expect.poll(() => states, within).toEqual(["syncing", "synced"]);
    expect(asked).toEqual(["list"]);
    expect(names(store)).toEqual(["paged"]);
    await remove("paged");
    await expect.poll(() => names(store), within).toEqual([]);
  });

  it("masks Secrets before anything else sees them", async () => {
    await create(secrets, "login", { stringData: { password: "planted-0815" } });
    const { store } = follow({ resource: secrets });
    await expect.poll(() => store.get(`/Secret/${namespace}/login`)?.object["data"], within).toEqual({ password: `‹masked ${masker.digest("planted-0815")}›` });
    const discovery = createDiscovery(client);
    await discovery.refresh();
    const live = await readObject(client, discovery, masker, { group: "", kind: "Secret", namespace, name: "login" });
    expect(live["data"]).toEqual({ password: `‹masked ${masker.digest("planted-0815")}›` });
    expect(live.metadata.managedFields?.length).toBeGreaterThan(0);
  });

  it("asks for metadata alone where that is enough", async () => {
    await create(secrets, "sealed", { stringData: { password: "planted-4711" } });
    const { store } = follow({ resource: secrets, depth: "metadata" });
    await expect.poll(() => store.get(`/Secret/${namespace}/sealed`)?.object, within).toMatchObject({ apiVersion: "v1", kind: "Secret" });
    expect(Object.keys(store.get(`/Secret/${namespace}/sealed`)?.object ?? {}).sort()).toEqual(["apiVersion", "kind", "metadata"]);
  });

  it("says that it may not, or that there is no such kind", async () => {
    const team = await clientOf("team");
    const forbidden = follow({ resource: configMaps, client: team });
    const absent = follow({ resource: { ...configMaps, kind: "Nothing", plural: "nothings" } });
    await expect.poll(() => forbidden.states, within).toEqual(["syncing", "forbidden"]);
    await expect.poll(() => absent.states, within).toEqual(["syncing", "absent"]);
  });

  it("survives a kill of the API server without a gap", async () => {
    await create(configMaps, "before", {});
    await create(configMaps, "doomed", {});
    const { store, states } = follow({ resource: configMaps });
    await expect.poll(() => names(store), within).toEqual(["before", "doomed"]);
    await run(process.execPath, [join(import.meta.dirname, "../../sandbox/cli.ts"), "kill", "kube-apiserver", "--name", sandbox.name]);
    await expect.poll(() => states.at(-1), within).toBe("disconnected");
    expect(names(store)).toEqual(["before", "doomed"]);
    const change = async (): Promise<boolean> => {
      try {
        await remove("doomed");
        return true;
      } catch {
        return false;
      }
    };
    await expect.poll(change, within).toBe(true);
    await create(configMaps, "after", {});
    await expect.poll(() => names(store), within).toEqual(["after", "before"]);
    await expect.poll(() => states.at(-1), within).toBe("synced");
  }, 90_000);

  it("finds what was deleted while its version was compacted away", async () => {
    await create(configMaps, "kept", {});
    const expired: string[] = [];
    let expire = false;
    const { store, states, reflector } = follow({
      resource: configMaps,
      client: {
        request: (request) => client.request(request),
        // The API server itself answers 410 for a version that etcd no longer has: 1 is always compacted.
        stream: (request) => {
          if (!expire || request.query?.["sendInitialEvents"]) return client.stream(request);
          expire = false;
          expired.push("asked from 1");
          return client.stream({ ...request, query: { ...request.query, resourceVersion: "1" } });
        },
      },
    });
    await expect.poll(() => names(store), within).toContain("after");
    expire = true;
    await remove("after");
    reflector.suspect("a test");
    await expect.poll(() => expired, within).toEqual(["asked from 1"]);
    await create(configMaps, "later", {});
    await expect.poll(() => names(store), within).toEqual(["before", "kept", "later"]);
    expect(states).toContain("disconnected");
    expect(states.at(-1)).toBe("synced");
  });
});
