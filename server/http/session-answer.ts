import type { Session as SessionAnswer } from "#lib/api/contract.ts";
import type { Session } from "./sessions.ts";

/** What a session tells about itself; no credentials. */
export function sessionAnswer(session: Session): SessionAnswer {
  const current = session.clusters.get(session.cluster);
  if (!current) throw new Error("a session has lost its cluster");
  const { username, uid, groups } = current.identity;
  return {
    identity: { username, groups: [...groups], ...(uid === undefined ? {} : { uid }) },
    clusters: [...session.clusters.values()].map(({ name, version, credentials }) => ({
      name,
      server: credentials.server,
      ...(version === undefined ? {} : { version }),
    })),
    cluster: session.cluster,
    expiresAt: new Date(session.expiresAt).toISOString(),
  };
}
