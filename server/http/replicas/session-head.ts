import { createHash } from "node:crypto";
import { z } from "zod";
import { identityKey } from "#server/kube/identity.ts";
import type { Session, SessionCluster, SessionLifetimes } from "../session.ts";

/** What replicas know of a session without its cookie. Times are milliseconds since 1970. */
export const sessionHeadSchema = z.object({
  /** Of the object that it stands on, so that it counts for nothing on another. */
  name: z.string(),
  /** URL of the replica that serves it; empty when whoever is asked next shall. */
  home: z.string(),
  lastUsed: z.number(),
  expiresAt: z.number(),
  /** Whose it is, one for each cluster; see {@link personOf}. */
  people: z.array(z.string()),
  ended: z.object({ reason: z.string(), at: z.number() }).optional(),
});

/** See {@link sessionHeadSchema}. */
export type SessionHead = z.infer<typeof sessionHeadSchema>;

/** The name of the object that a session is kept in: it tells nothing of the key, from which the cookie could not be told either. */
export function storedName(key: string): string {
  return `driftglass-session.${createHash("sha256").update(key).digest("hex").slice(0, 40)}`;
}

/** Who somebody is, and for which API server: of the same name elsewhere may be somebody else. */
export function personOf({ credentials, identity }: Pick<SessionCluster, "credentials" | "identity">): string {
  const text = JSON.stringify([credentials.server, identityKey(identity)]);
  return createHash("sha256").update(text).digest("base64url");
}

/** The head of a session that this replica serves. */
export function headOf(session: Session, home: string): SessionHead {
  return {
    name: storedName(session.key),
    home,
    lastUsed: session.lastUsed,
    expiresAt: session.expiresAt,
    people: [...new Set([...session.clusters.values()].map(personOf))],
  };
}

/** Why a session is over that no replica serves any more, in words; undefined when it is not. */
export function overReason(
  { ended, expiresAt, lastUsed, home }: SessionHead,
  now: number,
  lifetimes: SessionLifetimes,
): string | undefined {
  if (ended) return ended.reason;
  if (now >= expiresAt) return "The session has reached the end of its lifetime.";
  // Who gives it back writes when it was used last; a home that went without a word has written so not long before.
  const idle = lifetimes.idle * (home === "" ? 1 : 1.2);
  return now - lastUsed >= idle ? "The session was not used for a while." : undefined;
}
