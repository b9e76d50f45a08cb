"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { getDrift } from "#lib/api/client.ts";
import * as queries from "#lib/api/queries.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { useLive, useScopeOf } from "./live-provider.tsx";
import type { Located } from "./paths.ts";

/** One application with its conditions, facts and permissions. */
export function useDetail(unit: Located) {
  const scope = useScopeOf(unit);
  return useQuery(queries.applicationQuery(scope, unit));
}

/** Its resource tree. */
export function useResources(unit: Located) {
  const scope = useScopeOf(unit);
  return useQuery(queries.resourcesQuery(scope, unit));
}

/** Its revisions, newest first. */
export function useHistory(unit: Located) {
  const scope = useScopeOf(unit);
  return useQuery(queries.historyQuery(scope, unit));
}

/** What differs between two revisions; while another pair is fetched, the last one stays. */
export function useRevisionDiff(unit: Located, from: string, to: string) {
  const scope = useScopeOf(unit);
  return useQuery({ ...queries.diffQuery(scope, unit, from, to), placeholderData: keepPreviousData });
}

/** What differs between two applications, each `engine/namespace/name@revision`; nothing as long as one has to be chosen. */
export function useComparison(left: string | undefined, right: string | undefined) {
  const { scope } = useLive();
  return useQuery({
    ...queries.comparisonQuery(scope, left ?? "", right ?? ""),
    enabled: left !== undefined && right !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Desired against live. `check` has the cluster asked anew. */
export function useDrift(unit: Located) {
  const scope = useScopeOf(unit);
  const client = useQueryClient();
  const [checking, setChecking] = useState(false);
  const options = queries.driftQuery(scope, unit);
  const query = useQuery(options);
  const check = async () => {
    setChecking(true);
    try {
      await client.fetchQuery({
        queryKey: options.queryKey,
        queryFn: ({ signal }) => getDrift(scope.cluster, unit, { fresh: true }, signal),
        staleTime: 0,
      });
    } catch {
      // The query itself holds the error and shows it.
    } finally {
      setChecking(false);
    }
  };
  return { data: query.data, error: query.error, checking: checking || query.isFetching, check: () => void check() };
}

/** A live object of an application, as masked YAML. */
export function useLiveResource(unit: Located, ref: ResourceRef) {
  const scope = useScopeOf(unit);
  return useQuery(queries.liveResourceQuery(scope, unit, ref));
}

/** The Kubernetes events of an object of an application. */
export function useResourceEvents(unit: Located, ref: ResourceRef) {
  const scope = useScopeOf(unit);
  return useQuery(queries.resourceEventsQuery(scope, unit, ref));
}

/** What this person can do with an object of an application. */
export function useResourcePermissions(unit: Located, ref: ResourceRef) {
  const scope = useScopeOf(unit);
  return useQuery(queries.resourcePermissionsQuery(scope, unit, ref));
}

/** The Kubernetes events of an application and of everything it has. */
export function useApplicationEvents(unit: Located) {
  const scope = useScopeOf(unit);
  return useQuery(queries.applicationEventsQuery(scope, unit));
}
