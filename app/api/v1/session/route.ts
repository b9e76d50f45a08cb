import { open, guarded } from "../../guard.ts";
import { expiredSessionCookie } from "#server/http/cookie.ts";
import { logIn } from "#server/http/login.ts";
import { sessionAnswer } from "#server/http/session-answer.ts";

export const POST = open(logIn, { mutation: true });

export const GET = guarded(async ({ session }) => Response.json(sessionAnswer(session)));

export const DELETE = guarded(
  async ({ runtime, session }) => {
    runtime.sessions.end(session, "You logged out.");
    return new Response(null, { status: 204, headers: { "Set-Cookie": expiredSessionCookie(session.secure) } });
  },
  { mutation: true },
);
