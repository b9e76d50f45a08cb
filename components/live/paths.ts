import type { ApplicationRef } from "#lib/model/application.ts";
import { type ApplicationAt, formatApplicationAt } from "#lib/model/application-at.ts";

/* The cluster that links lead to, where it is not the session's own; set once for the page by the live provider. */
let chosen: string | undefined;

/** Makes all links keep to a cluster; undefined is the session's own, which needs no mention. */
export function setLinkCluster(cluster: string | undefined): void {
  chosen = cluster;
}

/** A path of this site that stays in the chosen cluster. */
export function inCluster(href: string): string {
  if (chosen === undefined) return href;
  return `${href}${href.includes("?") ? "&" : "?"}cluster=${encodeURIComponent(chosen)}`;
}

/** The page of an application. */
export function applicationHref(unit: ApplicationRef, tab?: string): string {
  const page = `/apps/${unit.engine}/${encodeURIComponent(unit.namespace)}/${encodeURIComponent(unit.name)}`;
  return inCluster(tab === undefined ? page : `${page}?tab=${tab}`);
}

/** The page that compares two applications; either may still have to be chosen. */
export function compareHref(left?: ApplicationAt, right?: ApplicationAt): string {
  const query = new URLSearchParams();
  if (left) query.set("left", formatApplicationAt(left));
  if (right) query.set("right", formatApplicationAt(right));
  return inCluster(query.size > 0 ? `/compare?${query}` : "/compare");
}
