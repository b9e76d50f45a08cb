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

/** The key of the last hour and the trend. */
export function overviewKey(scope: Scope) {
  return [...scopeKey(scope), "overview"] as const;
}

/** The last hour and the trend. */
export const overviewQuery = (scope: Scope) =>
  queryOptions({
    queryKey: overviewKey(scope),
    queryFn: ({ signal }) => getOverview(scope.cluster, signal),
  });

/** The key of every object that has drifted. */
export function fleetDriftKey(scope: Scope) {
  return [...scopeKey(scope), "fleet-drift"] as const;
}

/** Every object that has drifted. */
export const fleetDriftQuery = (scope: Scope) =>
  queryOptions({
    queryKey: fleetDriftKey(scope),
    queryFn: ({ signal }) => getFleetDrift(scope.cluster, signal),
  });
