"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { afterPaint } from "#components/ui/after-paint.ts";
import type { ListState } from "./filter.ts";
import { readListState, writeListState } from "./list-url.ts";

/**
 * What the list shows, kept in the URL. Changing it fetches nothing and adds no step to the way back. A change is drawn first and stands in the URL
 * a frame later: the router draws the whole page for a new URL, and nobody who types should wait for that.
 */
export function useListState(): [state: ListState, change: (next: ListState) => void] {
  const params = useSearchParams();
  const fromUrl = useMemo(() => readListState(new URLSearchParams(params)), [params]);
  const [asked, setAsked] = useState<ListState>();
  // The router is behind the URL, which says whether somebody else has changed it since.
  const elsewhere = asked !== undefined && !write.pending() && textOf(asked) !== textOf(read());
  if (elsewhere) setAsked(undefined);
  const change = useCallback((next: ListState) => {
    setAsked(next);
    write({ state: next, pathname: location.pathname });
  }, []);
  return [asked === undefined || elsewhere ? fromUrl : asked, change];
}

const read = (): ListState => readListState(new URLSearchParams(location.search));
const textOf = (state: ListState): string => writeListState(state, new URLSearchParams());

/* Of several changes in one frame the last one counts. */
const write = afterPaint(({ state, pathname }: { state: ListState; pathname: string }) => {
  if (location.pathname !== pathname) return;
  const query = writeListState(state, new URLSearchParams(location.search));
  history.replaceState(null, "", query === "" ? pathname : `${pathname}?${query}`);
});
