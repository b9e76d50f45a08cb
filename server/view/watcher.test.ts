import { afterEach, describe, expect, it, vi } from "vitest";
import type { ApiResource } from "#server/kube/api-resource.ts";
import { KubeError, type KubeClient, type KubeRequest } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import { ObjectStore } from "#server/kube/object-store.ts";
import { createMasker } from "#server/kube/redaction/masker.ts";
import type { KindState } from "#server/kube/store.ts";
import { Watcher } from "./watcher.ts";

const deployments: ApiResource = {
  group: "apps",
  version: "v1",
  kind: "Deployment",
  plural: "deployments",
  namespaced: true,
  verbs: ["list", "watch"],
};
const watch = { group: "apps", kind: "Deployment", depth: "full" } as const;

let watcher: Watcher | undefined;
afterEach(() => watcher?.stop());

/** A watch that sends one object and the end of the list, and then stays open. A scripted transport: what is tested is who is asked for what. */
async function* streamOf(namespace: string, signal: AbortSignal | undefined): AsyncIterable<Uint8Array> {
  const object = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "backend", namespace, uid: namespace, resourceVersion: "1" },
  };
  const end = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { resourceVersion: "2", annotations: { "k8s.io/initial-events-end": "true" } },
  };
  for (const event of [
    { type: "ADDED", object },
    { type: "BOOKMARK", object: end },
  ]) {
    yield Buffer.from(`${JSON.stringify(event)}\n`);
  }
  await new Promise<void>((done) => signal?.addEventListener("abort", () => done()));
}

function setup(options: {
  served: () => boolean;
  readable: (path: string) => boolean;
  namespaces?: readonly string[] | (() => readonly string[]);
}) {
  const asked: string[] = [];
  const client: Pick<KubeClient, "request" | "stream"> = {
    request: () => Promise.reject(new KubeError(403, "Forbidden", "no")),
    stream: (request: KubeRequest) => {
      asked.push(request.path);
      if (!options.readable(request.path)) return Promise.reject(new KubeError(403, "Forbidden", "no"));
      return Promise.resolve(streamOf(/namespaces\/([^/]+)/.exec(request.path)?.[1] ?? "everywhere", request.signal));
    },
  };
  const discovery: Pick<Discovery, "resolve"> = { resolve: () => (options.served() ? deployments : undefined) };
  const store = new ObjectStore();
  const states: KindState[] = [];
  watcher = new Watcher({
    client: client as KubeClient,
    discovery: discovery as Discovery,
    masker: createMasker(),
    store,
    namespaces: () =>
      Promise.resolve(typeof options.namespaces === "function" ? options.namespaces() : (options.namespaces ?? [])),
    onState: (_kind, state) => states.push(state),
    onUnauthenticated: () => undefined,
  });
  watcher.add(watch);
  return { asked, store, states, watcher };
}

describe("Watcher", () => {
  it("watches everywhere where it may", async () => {
    const { asked, store, states } = setup({ served: () => true, readable: () => true });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "synced" }));
    expect(asked).toEqual(["/apis/apps/v1/deployments"]);
    expect(store.size).toBe(1);
  });

  it("reads the namespaces that a person may read where the cluster refuses a list of all", async () => {
    const { store, states } = setup({
      served: () => true,
      readable: (path) => path.includes("/namespaces/"),
      namespaces: ["team-a", "team-b"],
    });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "namespaces", namespaces: ["team-a", "team-b"] }));
    expect([...store.list(watch)].map(({ ref }) => ref.namespace ?? "").toSorted()).toEqual(["team-a", "team-b"]);
  });

  it("says that a kind is forbidden when there is no namespace to read either", async () => {
    const { store, states } = setup({ served: () => true, readable: () => false });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "forbidden" }));
    expect(store.size).toBe(0);
  });

  it("lets go of what may not be read any more when rights change", { timeout: 20_000 }, async () => {
    let allowed = true;
    const { store, states, watcher } = setup({ served: () => true, readable: () => allowed });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "synced" }));
    allowed = false;
    await watcher.reviewAccess(async (asked) => asked.map((attributes) => ({ attributes, allowed })));
    // After the grace in which an API server that has just started may be wrong.
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "forbidden" }), { timeout: 15_000 });
    expect(store.size).toBe(0);
  });

  it("reads what was refused at first as soon as it may: in a namespace, then everywhere", async () => {
    let readable = (_path: string): boolean => false;
    let namespaces: string[] = [];
    const { store, states, watcher } = setup({
      served: () => true,
      readable: (path) => readable(path),
      namespaces: () => namespaces,
    });
    const review = () =>
      watcher.reviewAccess(async (asked) =>
        asked.map((attributes) => ({
          attributes,
          allowed: readable(attributes.namespace ? `/namespaces/${attributes.namespace}/` : ""),
        })),
      );
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "forbidden" }));
    readable = (path) => path.includes("/team-a/");
    namespaces = ["team-a"];
    await review();
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "namespaces", namespaces: ["team-a"] }));
    readable = () => true;
    await review();
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "synced" }));
    expect([...store.list(watch)].map(({ ref }) => ref.namespace)).toEqual(["everywhere"]);
  });

  it("starts to watch a kind that is installed later", async () => {
    let served = false;
    const { states, asked, ...rest } = setup({ served: () => served, readable: () => true });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "absent" }));
    expect(asked).toEqual([]);
    served = true;
    rest.watcher.reconsider();
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: "synced" }));
    expect(rest.store.size).toBe(1);
  });
});
