"use client";
import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Scope } from "#lib/api/queries.ts";
import { useLive } from "./live-provider.tsx";
import { useApplications } from "./use-applications.ts";

/**
 * Has something that is derived from the whole of a cluster fetched again when the stream says that applications there changed, at most once in
 * `every` milliseconds; nothing is asked while nothing changes, and nothing of other clusters.
 */
export function useRefetchOnChange(keyOf: (scope: Scope) => QueryKey, every = 3000): void {
  const { parts } = useLive();
  const client = useQueryClient();
  const { data } = useApplications();
  // Of one cluster as of several, by name.
  const sequences = JSON.stringify(
    data &&
      (data.clusters ?? [{ cluster: parts[0]?.scope.cluster, ...data }]).map(({ cluster, sequence }) => [
        cluster,
        sequence,
      ]),
  );
  const current = useRef({ keyOf, parts });
  const known = useRef<ReadonlyMap<string, number>>(new Map());
  const last = useRef(0);
  useEffect(() => {
    current.current = { keyOf, parts };
  });
  useEffect(() => {
    if (sequences === undefined) return undefined;
    const now = new Map(JSON.parse(sequences) as Array<[string, number]>);
    const changed = [...now].filter(([cluster, sequence]) => (known.current.get(cluster) ?? sequence) !== sequence);
    if (changed.length === 0) {
      // What is shown was fetched with these lists.
      if (known.current.size === 0) last.current = Date.now();
      known.current = now;
      return undefined;
    }
    const timer = setTimeout(
      () => {
        known.current = now;
        last.current = Date.now();
        for (const { scope } of current.current.parts)
          if (changed.some(([cluster]) => cluster === scope.cluster))
            void client.invalidateQueries({ queryKey: current.current.keyOf(scope) });
      },
      Math.max(0, last.current + every - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [sequences, client, every]);
}
