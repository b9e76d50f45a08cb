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
   * @param defined names of definitions that stand in the cluster (`kustomizations.kustomize.toolkit.fluxcd.io`): an API server that has
   * just started answers before it serves what they define, so that an answer without such a kind does not mean that it is gone
   * @returns whether the answer has all of them; what was known of those that it lacks is kept
   */
  refresh(defined?: Iterable<string>): Promise<boolean>;
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
  let running: Promise<boolean> | undefined;
  const listeners = new Set<() => void>();

  async function load(defined: Iterable<string>): Promise<boolean> {
    const [core, named] = await Promise.all(["/api", "/apis"].map((path) => groupsAt(client, path)));
    const found = new Map<string, ApiResource>();
    for (const group of [...(core ?? []), ...(named ?? [])]) {
      // Versions come in order of preference: the first one that serves a kind wins.
      for (const { resources, stale } of group.versions) {
        for (const resource of resources) if (!found.has(keyOf(resource))) found.set(keyOf(resource), resource);
        if (stale) keepKnown(found, kinds, (known) => known.group === group.group);
      }
    }
    const lacking = without(defined, found);
    keepKnown(found, kinds, (known) => lacking.has(definitionOf(known)));
    const next = JSON.stringify([...found.values()]);
    kinds = found;
    if (next !== fingerprint) {
      fingerprint = next;
      for (const listener of Array.from(listeners)) listener();
    }
    return lacking.size === 0;
  }

  return {
    resolve: (kind) => kinds.get(keyOf(kind)),
    all: () => [...kinds.values()],
    refresh(defined = []) {
      running ??= load(defined).finally(() => (running = undefined));
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

function keepKnown(
  found: Map<string, ApiResource>,
  known: ReadonlyMap<string, ApiResource>,
  keeps: (resource: ApiResource) => boolean,
): void {
  for (const [key, resource] of known) if (!found.has(key) && keeps(resource)) found.set(key, resource);
}

/** Those of the definitions that nothing was found of. */
function without(defined: Iterable<string>, found: ReadonlyMap<string, ApiResource>): Set<string> {
  const lacking = new Set(defined);
  for (const resource of found.values()) lacking.delete(definitionOf(resource));
  return lacking;
}

/** The name that the definition of a kind has to have. */
function definitionOf({ plural, group }: ApiResource): string {
  return `${plural}.${group}`;
}

function keyOf(kind: GroupKind): string {
  return `${kind.group}/${kind.kind}`;
}
