import { expiredSessionCookie } from "./cookie.ts";
import type { Call } from "./guard.ts";
import { personOf } from "./replicas/session-head.ts";
import type { Session } from "./session.ts";

/** `DELETE /api/v1/session`: logs out; with `?everywhere` ends every session of this person, in whichever browser and on whichever replica. @throws ApiError 503 */
export async function logOut({ runtime, session, url }: Call<unknown>): Promise<Response> {
  const { sessions, shared } = runtime;
  const everywhere = ["", "true"].includes(url.searchParams.get("everywhere") ?? "false");
  const people = new Set([...session.clusters.values()].map(personOf));
  const reason = everywhere ? "You logged out everywhere." : "You logged out.";
  const ended = sessions.endWhere(
    (each) => each === session || (everywhere && [...each.clusters.values()].some((one) => people.has(personOf(one)))),
    reason,
  );
  if (shared) await Promise.all(ended.map((each) => shared.settled(each)));
  if (everywhere) await shared?.endEverywhere(people, reason);
  await Promise.all(ended.map(revokeTokens));
  return new Response(null, { status: 204, headers: { "Set-Cookie": expiredSessionCookie(session.secure) } });
}

/** Gives the tokens of a session back to whoever has given them. Never throws. */
export async function revokeTokens({ clusters }: Session): Promise<void> {
  const sources = new Set([...clusters.values()].flatMap(({ credentials }) => credentials.tokens ?? []));
  await Promise.all([...sources].map((source) => source.revoke?.() ?? Promise.resolve()));
}
