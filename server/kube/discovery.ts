import { parseApiVersion } from "#lib/model/resource-ref.ts";
import type { ApiResource } from "./api-resource.ts";
import { KubeError } from "./client.ts";
import type { KubeClient } from "./client.ts";
import { parseAggregated, parseGroupList, parseResourceList } from "./discovery-documents.ts";
import type { GroupVersions } from "./discovery-documents.ts";
import type { GroupKind } from "./store.ts";

/** The kinds that a cluster serves. Synchronous once `refresh` has resolved for the first time. */
export interface Discovery {
  /** The kind in its preferred version; undefined when the cluster does not serve it. */
  resolve(kind: GroupKind): ApiResource | undefined;
  /** All kinds, each in its preferred version. */
  all(): readonly ApiResource[];
  /**
   * Asks the API server again; calls that overlap share one question. Groups whose aggregated API server is down keep what was known
   * of them. @throws KubeError when the API server can't be asked at all.
   */
  refresh(): Promise<void>;
  /** Called after a refresh that found a difference. Returns the unsubscriber. */
  onChange(listener: () => void): () => void;
}

const aggregated =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

/** Discovery by the aggregated documents (Kubernetes 1.27 and newer), group by group where the server has none. */
export function createDiscovery(client: Pick<KubeClient, "request">): Discovery {
  let kinds = new Map<string, ApiResource>();
  let fingerprint = "";
  let running: Promise<void> | undefined;
  const listeners = new Set<() => void>();

  async function load(): Promise<void> {
    const [core, named] = await Promise.all(["/api", "/apis"].map((path) => groupsAt(client, path)));
    const found = new Map<string, ApiResource>();
    for (const group of [...(core ?? []), ...(named ?? [])]) {
      // Versions come in order of preference: the first one that serves a kind wins.
      for (const { resources, stale } of group.versions) {
        for (const resource of resources) if (!found.has(keyOf(resource))) found.set(keyOf(resource), resource);
        if (stale) keepKnown(found, kinds, group.group);
      }
    }
    const next = JSON.stringify([...found.values()]);
    kinds = found;
    if (next === fingerprint) return;
    fingerprint = next;
    for (const listener of Array.from(listeners)) listener();
  }

  return {
    resolve: (kind) => kinds.get(keyOf(kind)),
    all: () => [...kinds.values()],
    refresh() {
      running ??= load().finally(() => (running = undefined));
      return running;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

async function groupsAt(client: Pick<KubeClient, "request">, path: string): Promise<GroupVersions[]> {
  const answer = await client.request<unknown>({ path, accept: aggregated });
  return parseAggregated(answer) ?? (await legacyGroups(client, path, answer));
}

/** One question for each version of each group; those that fail are stale. */
async function legacyGroups(
  client: Pick<KubeClient, "request">,
  path: string,
  answer: unknown,
): Promise<GroupVersions[]> {
  return Promise.all(
    parseGroupList(answer).map(async ({ group, versions }) => ({
      group,
      versions: await Promise.all(
        versions.map(async (groupVersion) => {
          try {
            const list = await client.request<unknown>({ path: `${path}/${groupVersion}` });
            return { resources: parseResourceList(list, parseApiVersion(groupVersion)), stale: false };
          } catch (fault) {
            if (fault instanceof KubeError && fault.status === 401) throw fault;
            return { resources: [], stale: true };
          }
        }),
      ),
    })),
  );
}

function keepKnown(found: Map<string, ApiResource>, known: ReadonlyMap<string, ApiResource>, group: string): void {
  for (const [key, resource] of known) if (resource.group === group && !found.has(key)) found.set(key, resource);
}

function keyOf(kind: GroupKind): string {
  return `${kind.group}/${kind.kind}`;
}
