import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isApiError } from "#lib/api/errors.ts";
import { everyCluster } from "#lib/model/every-cluster.ts";
import { mayRetry } from "#lib/api/queries.ts";
import { sessionEnded } from "./session-end.ts";

/** The cache of everything read from the server. The stream keeps it fresh, so nothing refetches by the clock. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenLoggedOut }),
    defaultOptions: {
      queries: { staleTime: 60_000, gcTime: 5 * 60_000, refetchOnWindowFocus: false, retry: mayRetry },
    },
  });
}

/** A session that is over means: log in again. Other errors are for the page to show. */
export function leaveWhenLoggedOut(error: unknown): void {
  if (!isApiError(error) || error.problem.status !== 401) return;
  const { code, detail, title } = error.problem;
  if (code === "cluster-lost") {
    // Where all clusters are shown, the others go on: the stream tells which is gone, and the page says so.
    if (shownCluster() !== everyCluster) sessionEnded(detail ?? title, shownCluster());
  } else sessionEnded(detail);
}

/** The cluster that the page shows, by its address. */
function shownCluster(): string | undefined {
  return new URLSearchParams(location.search).get("cluster") ?? undefined;
}
