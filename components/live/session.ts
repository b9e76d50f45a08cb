"use client";
import { useQueryClient } from "@tanstack/react-query";
import { leaveCluster, logOut } from "#lib/api/client.ts";
import { sessionQuery } from "#lib/api/queries.ts";
import type { Session } from "#lib/api/session-contract.ts";

/** Ends the session at the server, then leaves. What was cached goes with it. `everywhere` ends those in other browsers, too. */
export function useLogout(): (options?: { everywhere?: boolean }) => void {
  const client = useQueryClient();
  return (options) => {
    void logOut(options)
      .catch(() => undefined)
      .finally(() => {
        client.clear();
        location.assign("/login");
      });
  };
}

/**
 * Logs out of one of several clusters. The page lets go of it before the server is asked: a stream that ends then is nobody's loss.
 * @returns the cluster that the session goes on with, as soon as the page may show it
 */
export function useLeaveCluster(): (session: Session, cluster: string) => string {
  const queries = useQueryClient();
  return (session, cluster) => {
    const { queryKey } = sessionQuery();
    const clusters = session.clusters.filter(({ name }) => name !== cluster);
    const next = session.cluster === cluster ? (clusters[0]?.name ?? cluster) : session.cluster;
    queries.setQueryData<Session>(queryKey, { ...session, clusters, cluster: next });
    void leaveCluster(cluster)
      .catch(() => undefined)
      .finally(() => void queries.invalidateQueries({ queryKey }));
    return next;
  };
}
