"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { ListState } from "./filter.ts";
import { readListState, writeListState } from "./list-url.ts";

/** What the list shows, kept in the URL. Changing it fetches nothing and adds no step to the way back. */
export function useListState(): [state: ListState, change: (next: ListState) => void] {
  const params = useSearchParams();
  const state = useMemo(() => readListState(new URLSearchParams(params)), [params]);
  const change = useCallback((next: ListState) => {
    const query = writeListState(next, new URLSearchParams(location.search));
    history.replaceState(null, "", query === "" ? location.pathname : `${location.pathname}?${query}`);
  }, []);
  return [state, change];
}
