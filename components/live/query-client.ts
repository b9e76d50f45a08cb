import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isApiError } from "#lib/api/errors.ts";
import { mayRetry } from "#lib/api/queries.ts";

/** The cache of everything read from the server. The stream keeps it fresh, so nothing refetches by the clock. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenLoggedOut }),
    defaultOptions: {
      queries: { staleTime: 60_000, gcTime: 5 * 60_000, refetchOnWindowFocus: false, retry: mayRetry },
    },
  });
}

/** Goes to the login page, from which the person returns to this very page. */
export function leaveToLogin(): void {
  if (location.pathname !== "/login")
    location.assign(`/login?ended&next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** A session that is over means: log in again. Other errors are for the page to show. */
export function leaveWhenLoggedOut(error: unknown): void {
  if (isApiError(error) && error.problem.status === 401) leaveToLogin();
}
