"use client";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { Connection } from "#lib/api/connection-contract.ts";
import { useLive } from "./live-provider.tsx";
import { useApplications } from "./use-applications.ts";

/** How fresh the page is: in all, and with all clusters of each of them. */
export type PageConnection = {
  connection: Connection;
  /** Absent where one cluster is shown, or where the page has lost the server itself. */
  clusters?: NonNullable<ApplicationList["clusters"]>;
};

/** How fresh the page is: the server's word about the clusters, unless the page has lost the server itself. */
export function useConnection(): PageConnection | undefined {
  const { stream } = useLive();
  const { data } = useApplications();
  if (stream.state === "open")
    return data && { connection: data.connection, ...(data.clusters && { clusters: data.clusters }) };
  if (stream.opened)
    return {
      connection: {
        state: "disconnected",
        since: stream.since,
        message: "Driftglass does not answer. What is on the page may be old; it is tried again.",
      },
    };
  return data && { connection: { state: "catching-up", since: stream.since, message: "Connecting to Driftglass" } };
}
