import type { Session as SessionAnswer } from "#lib/api/session-contract.ts";
import { isApiError } from "#lib/api/errors.ts";
import { sessionIdOf } from "../cookie.ts";
import type { HttpRuntime } from "../runtime-interface.ts";
import { sessionAnswer } from "../session-answer.ts";
import { locate } from "./locate.ts";

/** What the session of a page's request tells of itself, whichever replica serves it; undefined where there is none. @throws where that can't be known now */
export async function pageSession(runtime: HttpRuntime, sent: Headers): Promise<SessionAnswer | undefined> {
  const request = new Request("http://page.invalid/api/v1/session", { headers: sent });
  const cookie = sessionIdOf(request);
  if (cookie === undefined) return undefined;
  const { sessions, shared, forwarder } = runtime;
  const session = sessions.find(cookie.id, cookie.secure);
  if (session) return sessionAnswer(session);
  if (!shared || !forwarder) return undefined;
  try {
    const located = await locate({ shared, forwarder }, request, cookie);
    if (located.session) return sessionAnswer(located.session);
    const { response } = located;
    if (response.ok) return (await response.json()) as SessionAnswer;
    if (response.status === 401) return undefined;
    throw new Error(`The session's replica answered ${response.status}.`);
  } catch (error) {
    if (isApiError(error) && error.problem.status === 401) return undefined;
    throw error;
  }
}
