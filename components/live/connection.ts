"use client";
import type { Connection } from "#lib/api/connection-contract.ts";
import { useLive } from "./live-provider.tsx";
import { useApplications } from "./queries.ts";

/** How fresh the page is: the server's word about the cluster, unless the page has lost the server itself. */
export function useConnection(): Connection | undefined {
  const { stream } = useLive();
  const cluster = useApplications().data?.connection;
  if (stream.state === "open") return cluster;
  if (stream.opened)
    return {
      state: "disconnected",
      since: stream.since,
      message: "Driftglass does not answer. What is on the page may be old; it is tried again.",
    };
  return cluster && { state: "catching-up", since: stream.since, message: "Connecting to Driftglass" };
}
