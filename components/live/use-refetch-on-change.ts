"use client";
import { useQuery, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { applicationsQuery } from "#lib/api/queries.ts";
import { useLive } from "./live-provider.tsx";

/**
 * Has something that is derived from the whole fleet fetched again when the stream says that applications changed, at most once in
 * `every` milliseconds; nothing is asked while nothing changes.
 */
export function useRefetchOnChange(key: QueryKey, every = 3000): void {
  const { scope, log } = useLive();
  const client = useQueryClient();
  const sequence = useQuery({ ...applicationsQuery(scope, log), select: (list) => list.sequence }).data;
  const current = useRef(key);
  const known = useRef<number | undefined>(undefined);
  const last = useRef(0);
  useEffect(() => {
    current.current = key;
  });
  useEffect(() => {
    if (sequence === undefined) return undefined;
    if (known.current === undefined) {
      // What is shown was fetched with this list.
      known.current = sequence;
      last.current = Date.now();
      return undefined;
    }
    if (known.current === sequence) return undefined;
    const timer = setTimeout(
      () => {
        known.current = sequence;
        last.current = Date.now();
        void client.invalidateQueries({ queryKey: current.current });
      },
      Math.max(0, last.current + every - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [sequence, client, every]);
}
