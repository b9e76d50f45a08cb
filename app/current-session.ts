import { headers } from "next/headers";
import type { Session } from "#lib/api/session-contract.ts";
import { runtime } from "#server/current-runtime.ts";
import { pageSession } from "#server/http/replicas/page-session.ts";

/**
 * The session that this page's request carries; undefined where there is none or it has ended. It asks no cluster, so it costs a page
 * nothing: whether the credentials still work is decided by the guard of every API route that the page then reads from.
 */
export async function currentSession(): Promise<Session | undefined> {
  return await pageSession(await runtime(), new Headers(await headers()));
}
