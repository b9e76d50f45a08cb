"use client";
import { useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { useStored } from "#components/ui/use-stored.ts";

/** A list as someone left it, under a name; `query` is the part of its URL behind the question mark. */
export type SavedView = { name: string; query: string };

/* Views are kept by the browser and for each cluster: they hold what was asked, never what was answered. */
function storageKey(cluster: string): string {
  return `driftglass.views.${cluster}`;
}

/** Reads what was kept; anything that is no view is left out. */
export function parseViews(text: string | null): SavedView[] {
  if (text === null) return [];
  try {
    const views: unknown = JSON.parse(text);
    return Array.isArray(views) ? views.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== "object" || value === null) return false;
  const { name, query } = value as Partial<Record<keyof SavedView, unknown>>;
  return typeof name === "string" && typeof query === "string";
}

/** Views with one more; one of the same name is replaced where it stands. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return views.some(({ name }) => name === view.name)
    ? views.map((each) => (each.name === view.name ? view : each))
    : [...views, view];
}

/** The saved views of the cluster that is shown. */
export function useSavedViews() {
  const { cluster } = useLive().scope;
  const [text, set] = useStored(storageKey(cluster));
  const views = useMemo(() => parseViews(text), [text]);
  const keep = (next: readonly SavedView[]) => set(JSON.stringify(next));
  return {
    views,
    save: (view: SavedView) => keep(withView(views, view)),
    remove: (name: string) => keep(views.filter((each) => each.name !== name)),
  };
}

/** The part of a list's URL that a view keeps: all but which cluster. */
export function viewQuery(search: string): string {
  const params = new URLSearchParams(search);
  params.delete("cluster");
  return params.toString();
}
