import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiResource } from "./api-resource.ts";
import { KubeError } from "./client.ts";
import type { KubeClient } from "./client.ts";
import { ClusterFixture, within } from "./cluster-fixture.ts";
import { createDiscovery } from "./discovery.ts";
import type { ObjectStore } from "./object-store.ts";
import { readObject } from "./read.ts";
import { resource as configMaps } from "./reflector-script.ts";

// The API server of the sandbox gets killed here (it comes back by itself).
const run = promisify(execFile);
const secrets: ApiResource = { ...configMaps, kind: "Secret", plural: "secrets" };
const names = (store: ObjectStore): string[] =>
  [...store.list(configMaps)]
    .map(({ ref }) => ref.name)
    .filter((name) => name !== "kube-root-ca.crt")
    .sort();

let cluster: ClusterFixture;
let client: KubeClient;

beforeAll(async () => {
  cluster = await ClusterFixture.open();
  ({ client } = cluster);
});

afterAll(() => cluster.close());

describe("a reflector", () => {
  it("streams the list, then follows every change", async () => {
    await cluster.create(configMaps, "first", { data: { a: "1" } });
    const { store, states } = cluster.follow({ resource: configMaps });
    await expect.poll(() => states, within).toEqual(["syncing", "synced"]);
    expect(names(store)).toContain("first");
    expect(store.get(`/ConfigMap/${cluster.namespace}/first`)?.object.metadata.managedFields).toBeUndefined();
    await cluster.create(configMaps, "second", {});
    await expect.poll(() => names(store), within).toEqual(["first", "second"]);
    await cluster.remove(configMaps, "first");
    await expect.poll(() => names(store), within).toEqual(["second"]);
    await cluster.remove(configMaps, "second");
  });

  it("lists by pages where lists can't be streamed", async () => {
    await cluster.create(configMaps, "paged", {});
    const asked: string[] = [];
    const { store, states } = cluster.follow({
      resource: configMaps,
      client: {
        request: (request) => {
          asked.push("list");
          return client.request(request);
        },
        stream: (request) => {
          if (!request.query?.["sendInitialEvents"]) return client.stream(request);
          return Promise.reject(
            new KubeError(
              422,
              "Invalid",
              "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled",
            ),
          );
        },
      },
    });
    await expect.poll(() => states, within).toEqual(["syncing", "synced"]);
    expect(asked).toEqual(["list"]);
    expect(names(store)).toEqual(["paged"]);
    await cluster.remove(configMaps, "paged");
    await expect.poll(() => names(store), within).toEqual([]);
  });

  it("masks Secrets before anything else sees them", async () => {
    await cluster.create(secrets, "login", { stringData: { password: "planted-0815" } });
    const { store } = cluster.follow({ resource: secrets });
    await expect
      .poll(() => store.get(`/Secret/${cluster.namespace}/login`)?.object["data"], within)
      .toEqual({ password: `‹masked ${cluster.masker.digest("planted-0815")}›` });
    const discovery = createDiscovery(client);
    await discovery.refresh();
    const live = await readObject(client, discovery, cluster.masker, {
      group: "",
      kind: "Secret",
      namespace: cluster.namespace,
      name: "login",
    });
    expect(live["data"]).toEqual({ password: `‹masked ${cluster.masker.digest("planted-0815")}›` });
    expect(live.metadata.managedFields?.length).toBeGreaterThan(0);
  });

  it("asks for metadata alone where that is enough", async () => {
    await cluster.create(secrets, "sealed", { stringData: { password: "planted-4711" } });
    const { store } = cluster.follow({ resource: secrets, depth: "metadata" });
    await expect
      .poll(() => store.get(`/Secret/${cluster.namespace}/sealed`)?.object, within)
      .toMatchObject({ apiVersion: "v1", kind: "Secret" });
    expect(Object.keys(store.get(`/Secret/${cluster.namespace}/sealed`)?.object ?? {}).sort()).toEqual([
      "apiVersion",
      "kind",
      "metadata",
    ]);
  });

  it("says that it may not, or that there is no such kind", async () => {
    const team = await cluster.clientOf("team");
    const forbidden = cluster.follow({ resource: configMaps, client: team });
    const absent = cluster.follow({ resource: { ...configMaps, kind: "Nothing", plural: "nothings" } });
    await expect.poll(() => forbidden.states, within).toEqual(["syncing", "forbidden"]);
    await expect.poll(() => absent.states, within).toEqual(["syncing", "absent"]);
  });

  it("survives a kill of the API server without a gap", async () => {
    await cluster.create(configMaps, "before", {});
    await cluster.create(configMaps, "doomed", {});
    const { store, states } = cluster.follow({ resource: configMaps });
    await expect.poll(() => names(store), within).toEqual(["before", "doomed"]);
    await run(process.execPath, [
      join(import.meta.dirname, "../../sandbox/cli.ts"),
      "kill",
      "kube-apiserver",
      "--name",
      cluster.sandbox.name,
    ]);
    await expect.poll(() => states.at(-1), within).toBe("disconnected");
    expect(names(store)).toEqual(["before", "doomed"]);
    const change = async (): Promise<boolean> => {
      try {
        await cluster.remove(configMaps, "doomed");
        return true;
      } catch {
        return false;
      }
    };
    await expect.poll(change, within).toBe(true);
    await cluster.create(configMaps, "after", {});
    await expect.poll(() => names(store), within).toEqual(["after", "before"]);
    await expect.poll(() => states.at(-1), within).toBe("synced");
  }, 90_000);

  it("finds what was deleted while its version was compacted away", async () => {
    await cluster.create(configMaps, "kept", {});
    const expired: string[] = [];
    let expire = false;
    const { store, states, reflector } = cluster.follow({
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
    await cluster.remove(configMaps, "after");
    reflector.suspect("a test");
    await expect.poll(() => expired, within).toEqual(["asked from 1"]);
    await cluster.create(configMaps, "later", {});
    await expect.poll(() => names(store), within).toEqual(["before", "kept", "later"]);
    expect(states).toContain("disconnected");
    expect(states.at(-1)).toBe("synced");
  });
});
