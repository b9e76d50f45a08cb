import { identityKey } from "#server/kube/identity.ts";
import { expiredSessionCookie } from "./cookie.ts";
import type { Call } from "./guard.ts";
import type { Session, SessionCluster } from "./sessions.ts";

/** `DELETE /api/v1/session`: logs out; with `?everywhere` ends every session of this person on this server, in whichever browser. */
export async function logOut({ runtime, session, url }: Call<unknown>): Promise<Response> {
  const everywhere = ["", "true"].includes(url.searchParams.get("everywhere") ?? "false");
  const people = new Set([...session.clusters.values()].map(personOf));
  const ended = runtime.sessions.endWhere(
    (each) => each === session || (everywhere && [...each.clusters.values()].some((one) => people.has(personOf(one)))),
    everywhere ? "You logged out everywhere." : "You logged out.",
  );
  await revokeTokens(ended);
  return new Response(null, { status: 204, headers: { "Set-Cookie": expiredSessionCookie(session.secure) } });
}

/** Who somebody is, and for which API server: of the same name elsewhere may be somebody else. */
function personOf({ credentials, identity }: SessionCluster): string {
  return JSON.stringify([credentials.server, identityKey(identity)]);
}

async function revokeTokens(sessions: readonly Session[]): Promise<void> {
  const sources = new Set(
    sessions.flatMap(({ clusters }) => [...clusters.values()].flatMap(({ credentials }) => credentials.tokens ?? [])),
  );
  await Promise.all([...sources].map((source) => source.revoke?.() ?? Promise.resolve()));
}
