import { ApiError, apiError } from "#lib/api/errors.ts";
import type { ClusterView } from "#server/view/view.ts";
import { notFound } from "./problem.ts";

/**
 * What a view knows of a named thing.
 * @throws ApiError 404 when it knows nothing; 503 as long as it is still reading the cluster, because then it can't tell.
 */
export function found<T>(value: T | undefined, view: ClusterView): T {
  if (value !== undefined) return value;
  if (view.ready()) throw new ApiError(notFound());
  throw apiError(503, "catching-up", "Driftglass is still reading the cluster.", {
    hint: "Try again in a moment.",
    retryAfter: 1,
  });
}
