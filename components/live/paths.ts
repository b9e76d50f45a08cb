import type { ApplicationRef } from "#lib/model/application.ts";
import { type ApplicationAt, formatApplicationAt } from "#lib/model/application-at.ts";
import { everyCluster } from "#lib/model/every-cluster.ts";

/** An application, with its cluster where that is known. */
export type Located = ApplicationRef & { readonly cluster?: string };

/* The cluster that links lead to, or `*`, where it is not the session's own; set once for the page by the live provider. */
let chosen: string | undefined;

/* Whether the list that the person came from is that of all clusters: an application stands in one, and the way up leads back. */
let fromAll = false;

/** Makes all links of a page keep to a cluster, or to all with `*`; undefined is the session's own, which needs no mention. */
export function setLinkCluster(cluster: string | undefined, pathname: string): void {
  chosen = cluster;
  fromAll = cluster === everyCluster || (fromAll && pathname.startsWith("/apps/"));
}

/** The list, from an application one level up: of all clusters where the person came from there. */
export function listHref(query = ""): string {
  return fromAll ? within(everyCluster, `/apps${query}`) : inCluster(`/apps${query}`);
}

/** A path of this site that stays in the chosen cluster. */
export function inCluster(href: string): string {
  return chosen === undefined ? href : within(chosen, href);
}

/** A path of this site in one cluster. */
export function within(cluster: string, href: string): string {
  return `${href}${href.includes("?") ? "&" : "?"}cluster=${encodeURIComponent(cluster)}`;
}

/** The page of an application: in its own cluster where all are shown, else in the one that is. */
export function applicationHref(unit: Located, tab?: string): string {
  const page = `/apps/${unit.engine}/${encodeURIComponent(unit.namespace)}/${encodeURIComponent(unit.name)}`;
  const href = tab === undefined ? page : `${page}?tab=${tab}`;
  return chosen === everyCluster && unit.cluster !== undefined ? within(unit.cluster, href) : inCluster(href);
}

/** The page that compares two applications; either may still have to be chosen. */
export function compareHref(left?: ApplicationAt, right?: ApplicationAt): string {
  const query = new URLSearchParams();
  if (left) query.set("left", formatApplicationAt(left));
  if (right) query.set("right", formatApplicationAt(right));
  return inCluster(query.size > 0 ? `/compare?${query}` : "/compare");
}
