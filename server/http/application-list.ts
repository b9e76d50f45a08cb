import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { Connection } from "#lib/api/connection-contract.ts";
import type { ClusterView } from "#server/view/view.ts";
import type { Call } from "./guard.ts";

/** `GET /api/v1/applications`: one cluster's rows, or with `?cluster=*` those of all, each of which names its cluster. */
export function applicationList({ view, clusters, url }: Call<unknown>): ApplicationList {
  if (url.searchParams.get("cluster") !== "*") return listOf(view);
  const lists = clusters.map(({ name, lease }) => ({ cluster: name, ...listOf(lease.view) }));
  return {
    items: lists.flatMap(({ items }) => items),
    // Positions of several streams are not one: those of each cluster stand below.
    sequence: 0,
    instance: lists.map(({ instance }) => instance).join(" "),
    connection: worst(lists.map(({ connection }) => connection)),
    limits: lists.flatMap(({ limits }) => limits),
    clusters: lists.map(({ cluster, sequence, instance, connection, limits }) => ({
      cluster,
      sequence,
      instance,
      connection,
      limits,
    })),
  };
}

function listOf(view: ClusterView): ApplicationList {
  return { ...view.snapshot(), instance: view.instance, connection: view.connection(), limits: view.limits() };
}

function worst(connections: readonly Connection[]): Connection {
  const order: readonly Connection["state"][] = ["live", "catching-up", "disconnected"];
  const [first, ...others] = connections;
  if (!first) throw new Error("a session has no cluster");
  return others.reduce((a, b) => (order.indexOf(b.state) > order.indexOf(a.state) ? b : a), first);
}
