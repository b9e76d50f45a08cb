import { apiError, type ApiError } from "#lib/api/errors.ts";
import type { SessionHead } from "./session-head.ts";

/** Sessions that all replicas keep together, and those of one person. */
const room = { all: 5_000, person: 50 };

/** Whoever brings a kubeconfig of a cluster of their own can log in, and must not fill the store. @throws ApiError 503 */
export function requireRoom({ people }: SessionHead, heads: Iterable<{ readonly head: SessionHead }>): void {
  const open = [...heads].filter(({ head }) => !head.ended);
  const theirs = open.filter(({ head }) => head.people.some((person) => people.includes(person)));
  if (open.length < room.all && theirs.length < room.person) return;
  throw apiError(503, "too-many-sessions", "There are too many sessions to keep another.", {
    hint: theirs.length < room.person ? "Try again later." : "Log out in other browsers first, or log out everywhere.",
  });
}

/** What is answered while nobody can know how a session stands. */
export function unavailable(detail: string): ApiError {
  return apiError(503, "sessions-unavailable", "Driftglass can't look after your session for a moment.", {
    detail,
    hint: "Try again.",
    retryAfter: 1,
  });
}
