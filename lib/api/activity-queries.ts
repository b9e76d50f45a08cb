import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ActivityFilter } from "../model/activity.ts";
import { getActivity, getFleetDrift, getOverview } from "./client.ts";
import { scopeKey, type Scope } from "./queries.ts";

/** The beginning of the keys of all pages of activity. */
export function activityKey(scope: Scope) {
  return [...scopeKey(scope), "activity"] as const;
}

/** What happened, page by page. */
export const activityQuery = (scope: Scope, filter: ActivityFilter) =>
  infiniteQueryOptions({
    queryKey: [...activityKey(scope), filter],
    queryFn: ({ pageParam, signal }) => getActivity(scope.cluster, filter, { before: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** The last hour and the trend. */
export const overviewQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...scopeKey(scope), "overview"],
    queryFn: ({ signal }) => getOverview(scope.cluster, signal),
  });

/** Every object that has drifted. */
export const fleetDriftQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...scopeKey(scope), "fleet-drift"],
    queryFn: ({ signal }) => getFleetDrift(scope.cluster, signal),
  });
