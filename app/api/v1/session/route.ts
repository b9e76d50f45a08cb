import { open, guarded } from "../../guard.ts";
import { logIn } from "#server/http/login.ts";
import { logOut } from "#server/http/logout.ts";
import { sessionAnswer } from "#server/http/session-answer.ts";

export const POST = open(logIn, { mutation: true });

export const GET = guarded(async ({ session }) => Response.json(sessionAnswer(session)));

export const DELETE = guarded(logOut, { mutation: true });
