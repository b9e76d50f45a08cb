import { headers } from "next/headers";
import { everyCluster } from "#lib/model/every-cluster.ts";
import { sessionIdOf } from "#server/http/cookie.ts";
import { checkSession } from "#server/http/validity.ts";
import { runtime } from "#server/current-runtime.ts";
import type { ClusterView } from "#server/view/view.ts";

/**
 * The views that a page may be drawn from, one or those of all clusters, under the rule that guards the API: a session whose credentials still work, and what that person
 * may read. None where there is none, and where the browser only turns to another page: it has, or asks for, the data by itself.
 */
export async function currentViews(cluster: string | null): Promise<ClusterView[]> {
  const sent = await headers();
  if (sent.get("sec-fetch-dest") === "empty") return [];
  const cookie = sessionIdOf(new Request("http://page.invalid/", { headers: { cookie: sent.get("cookie") ?? "" } }));
  if (cookie === undefined) return [];
  const running = await runtime();
  const session = running.sessions.find(cookie.id, cookie.secure);
  if (session === undefined || (await checkSession(running, session)) !== undefined) return [];
  // A proxy that logs people in names them with every request; only the guard of the API compares that.
  if ([...session.clusters.values()].some(({ proxyUser }) => proxyUser !== undefined)) return [];
  running.visits.noticed();
  const shown =
    cluster === everyCluster ? [...session.clusters.values()] : [session.clusters.get(cluster ?? session.cluster)];
  return shown.flatMap((each) => each?.lease.view ?? []);
}
