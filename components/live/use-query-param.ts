"use client";
import { useSearchParams } from "next/navigation";
import { useCallback } from "react";
import { WrittenQueries } from "./written-queries.ts";

const written = new WrittenQueries();
if (typeof window !== "undefined") window.addEventListener("popstate", () => written.forget());

/** Changes parts of the page's query without fetching; `undefined` takes one out. `push` makes it a step of the way back. */
export function setQuery(changes: Record<string, string | undefined>, { push = true } = {}): void {
  const base = written.base(`${location.pathname}${location.search}`, performance.now());
  const params = new URLSearchParams(base.slice(location.pathname.length));
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) params.delete(key);
    else params.set(key, value);
  }
  const query = params.toString();
  const url = query === "" ? location.pathname : `${location.pathname}?${query}`;
  if (push) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  written.wrote(url, performance.now());
}

/** One part of the page's query. */
export function useQueryParam(key: string): [value: string | undefined, set: (value: string | undefined) => void] {
  const value = useSearchParams().get(key) ?? undefined;
  const set = useCallback((next: string | undefined) => setQuery({ [key]: next }), [key]);
  return [value, set];
}
