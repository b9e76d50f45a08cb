import type { ActivityEntry } from "#lib/model/activity.ts";
import { fluxSourceKey, fluxSourceKinds } from "#lib/model/flux-source.ts";
import { applicationHref, inCluster } from "#components/live/paths.ts";

/** Where an entry leads: to what tells more of it. */
export function entryHref({ application, about, kind, result }: ActivityEntry): string | undefined {
  if (application === undefined) {
    const source = fluxSourceKinds.find((each) => each === about?.kind);
    if (about === undefined || source === undefined) return undefined;
    const key = fluxSourceKey({ kind: source, namespace: about.namespace ?? "", name: about.name });
    return inCluster(`/sources?source=${encodeURIComponent(key)}`);
  }
  if (kind === "deployment") return applicationHref(application, result === "failed" ? undefined : "history");
  return applicationHref(application, kind === "drift" ? "drift" : undefined);
}
