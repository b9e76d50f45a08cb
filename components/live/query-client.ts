import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isApiError } from "#lib/api/errors.ts";

/** The cache of everything read from the server. The stream keeps it fresh, so nothing refetches by the clock. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => leaveWhenLoggedOut(error) }),
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && (!isApiError(error) || error.problem.status >= 500),
      },
    },
  });
}

/** A session that is over means: log in again, and come back to this very page. */
export function leaveWhenLoggedOut(error: unknown): void {
  if (!isApiError(error) || error.problem.status !== 401 || location.pathname === "/login") return;
  location.assign(`/login?ended&next=${encodeURIComponent(location.pathname + location.search)}`);
}
