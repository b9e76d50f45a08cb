"use client";
import { useSyncExternalStore } from "react";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";

/** How an application's resources are shown. */
export const resourceViews = ["graph", "tree", "list"] as const;

/** How an application's resources are shown. */
export type ResourceView = (typeof resourceViews)[number];

const key = "driftglass.resource-view";

/** The view that the URL names, else the one that this person chose last in this browser, else the tree. */
export function useResourceView(): [view: ResourceView, choose: (view: ResourceView) => void] {
  const [asked] = useQueryParam("as");
  const remembered = useSyncExternalStore(
    () => () => undefined,
    () => localStorage.getItem(key),
    () => null,
  );
  const choose = (view: ResourceView) => {
    localStorage.setItem(key, view);
    setQuery({ as: view });
  };
  return [resourceViews.find((view) => view === (asked ?? remembered)) ?? "tree", choose];
}
