import { headers } from "next/headers";
import type { Session } from "#lib/api/session-contract.ts";
import { sessionIdOf } from "#server/http/cookie.ts";
import { sessionAnswer } from "#server/http/session-answer.ts";
import { runtime } from "#server/runtime.ts";

/**
 * The session that this page's request carries; undefined where there is none or it has ended. It asks no cluster, so it costs a page
 * nothing: whether the credentials still work is decided by the guard of every API route that the page then reads from.
 */
export async function currentSession(): Promise<Session | undefined> {
  const sent = await headers();
  const cookie = sessionIdOf(new Request("http://page.invalid/", { headers: { cookie: sent.get("cookie") ?? "" } }));
  if (cookie === undefined) return undefined;
  const session = (await runtime()).sessions.find(cookie.id, cookie.secure);
  return session && sessionAnswer(session);
}
