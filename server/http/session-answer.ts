import type { Session as SessionAnswer } from "#lib/api/session-contract.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { Session } from "./session.ts";

/** What a session tells about itself; no credentials. */
export function sessionAnswer(session: Session): SessionAnswer {
  const current = session.clusters.get(session.cluster);
  if (!current) throw new Error("a session has lost its cluster");
  return {
    identity: identityAnswer(current.identity),
    clusters: [...session.clusters.values()].map(({ name, version, credentials, identity, expiresAt }) => ({
      name,
      server: credentials.server,
      identity: identityAnswer(identity),
      ...(version === undefined ? {} : { version }),
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    })),
    lost: [...session.lost].map(([name, { reason, identity }]) => ({
      name,
      reason,
      identity: identityAnswer(identity),
    })),
    cluster: session.cluster,
    expiresAt: new Date(Math.min(session.expiresAt, current.expiresAt ?? session.expiresAt)).toISOString(),
  };
}

function identityAnswer({ username, uid, groups }: Identity): SessionAnswer["identity"] {
  return { username, groups: [...groups], ...(uid === undefined ? {} : { uid }) };
}
