import type { ApplicationList } from "./application-contract.ts";
import type { Connection, Limit } from "./connection-contract.ts";

/** What is known of one cluster: its list, or why there is none (yet). */
export type ListPart =
  | { readonly cluster: string; readonly list: ApplicationList }
  | { readonly cluster: string; readonly connection: Connection };

/** The lists of several clusters as one. */
export type MergedList = ApplicationList & { readonly clusters: NonNullable<ApplicationList["clusters"]> };

/**
 * Puts the lists of several clusters together. Rows name their cluster and stay the same objects. The connection is the worst of all; `sequence`
 * rises with every event of any of them, and is no position in a stream: those stand with each cluster.
 */
export function mergeLists(parts: readonly ListPart[]): MergedList {
  const clusters = parts.map((part) => {
    if (!("list" in part))
      return { cluster: part.cluster, sequence: 0, instance: "", connection: part.connection, limits: [] as Limit[] };
    const { sequence, instance, connection, limits } = part.list;
    return { cluster: part.cluster, sequence, instance, connection, limits };
  });
  return {
    items: parts.flatMap((part) => ("list" in part ? part.list.items : [])),
    sequence: clusters.reduce((sum, { sequence }) => sum + sequence, 0),
    instance: clusters.map(({ instance }) => instance).join(" "),
    connection: worstConnection(clusters.map(({ connection }) => connection)),
    limits: clusters.flatMap(({ limits }) => limits),
    clusters,
  };
}

/** The connection that says most of what is wrong: nothing is live when one of several is not. @throws Error where there is none */
export function worstConnection(connections: readonly Connection[]): Connection {
  const order: readonly Connection["state"][] = ["live", "catching-up", "disconnected"];
  const [first, ...others] = connections;
  if (!first) throw new Error("a session has no cluster");
  return others.reduce((a, b) => (order.indexOf(b.state) > order.indexOf(a.state) ? b : a), first);
}
