import type { Limit } from "#lib/api/connection-contract.ts";
import type { AutomationObject } from "#lib/model/automation.ts";
import { resourcePath } from "#server/kube/api-resource.ts";
import { KubeError } from "#server/kube/client.ts";
import { listPages } from "#server/kube/list-pages.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { ClusterView } from "#server/view/view.ts";
import { sourceKinds } from "../sources.ts";
import { automationGroupKinds } from "./kinds.ts";
import { readAutomation } from "./read-automation.ts";

/** What is there, as far as the person may read it. */
export interface AutomationListing {
  readonly items: readonly Omit<AutomationObject, "permissions">[];
  readonly limits: Limit[];
  /** Kinds that the cluster does not have. */
  readonly absent: string[];
}

type View = Pick<ClusterView, "client" | "discovery" | "store">;

/**
 * Lists Flux's image automation, notifications and operator objects with the person's own rights. They are few and change seldom, so they are
 * asked for when somebody looks, and not watched. Where a kind may not be listed in all namespaces, those are asked in which the
 * person may read sources. @throws KubeError with status 0 or 401
 */
export async function listAutomation(view: View, masker: Pick<Masker, "maskObject">): Promise<AutomationListing> {
  const found = await Promise.all(
    automationGroupKinds.map(async (kind) => ({ kind, ...(await listKind(kind, view)) })),
  );
  const items = found.flatMap(({ kind, objects }) =>
    objects.map((object) => readAutomation(kind.kind, masker.maskObject(object))),
  );
  return {
    items: withMissingProviders(
      items,
      found.some(({ kind, limit }) => kind.kind === "Provider" && limit !== undefined),
    ),
    limits: found.flatMap(({ limit }) => limit ?? []),
    absent: found.flatMap(({ kind, absent }) => (absent ? [kind.kind] : [])),
  };
}

interface Found {
  readonly objects: readonly KubeObject[];
  readonly absent: boolean;
  readonly limit?: Limit;
}

async function listKind(
  kind: (typeof automationGroupKinds)[number],
  { client, discovery, store }: View,
): Promise<Found> {
  const resource = discovery.resolve(kind);
  if (resource === undefined) return { objects: [], absent: true };
  const list = async (namespace?: string): Promise<KubeObject[]> => {
    const objects: KubeObject[] = [];
    for await (const page of listPages(client, { path: resourcePath(resource, namespace) }))
      // Items of a list name neither their kind nor their version.
      for (const item of page.items)
        objects.push({
          apiVersion: `${resource.group}/${resource.version}`,
          kind: kind.kind,
          ...(item as object),
        } as KubeObject);
    return objects;
  };
  try {
    return { objects: await list(), absent: false };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const namespaces = namespacesOf(store);
  const lists = await Promise.all(
    namespaces.map(async (namespace) =>
      list(namespace).catch((error: unknown) => {
        if (isRefusal(error)) return undefined;
        throw error;
      }),
    ),
  );
  const read = namespaces.filter((_, index) => lists[index] !== undefined);
  const words = `list ${resource.plural}.${resource.group}`;
  const limit: Limit =
    read.length === 0
      ? { ...kind, reason: "forbidden", message: `needs ${words}` }
      : { ...kind, reason: "namespaces", namespaces: read, message: `needs ${words} in other namespaces` };
  return { objects: lists.flatMap((objects) => objects ?? []), absent: false, limit };
}

function namespacesOf(store: View["store"]): readonly string[] {
  for (const kind of sourceKinds) {
    const state = store.kindState(kind);
    if (state.state === "namespaces") return state.namespaces;
  }
  return [];
}

function isRefusal(error: unknown): boolean {
  return error instanceof KubeError && (error.status === 403 || error.status === 404);
}

/** An Alert to a Provider that is not there tells nobody, and nothing in its own status says so. */
function withMissingProviders(items: AutomationListing["items"], limited: boolean): AutomationListing["items"] {
  if (limited) return items;
  const providers = new Set(
    items.filter(({ kind }) => kind === "Provider").map(({ namespace, name }) => `${namespace}/${name}`),
  );
  return items.map((item) => {
    const provider = item.kind === "Alert" ? item.uses.find(({ kind }) => kind === "Provider") : undefined;
    if (provider === undefined || item.suspended || providers.has(`${item.namespace}/${provider.name}`)) return item;
    const message = `its Provider ${provider.name} does not exist: nobody is told`;
    return { ...item, status: { status: "Degraded", reason: "ProviderMissing", message } };
  });
}
