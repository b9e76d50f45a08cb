import { identityKey } from "#server/kube/identity.ts";
import type { ClusterView } from "#server/view/view.ts";
import { sessionCookie, sessionIdOf } from "./cookie.ts";
import { isSecure } from "./origin.ts";
import type { HttpRuntime } from "./runtime-interface.ts";
import type { ClusterLogin, Recognised, Session } from "./session.ts";
import { followView } from "./validity.ts";

/** A session and the `Set-Cookie` that gives it to the browser. */
export interface OpenedSession {
  readonly session: Session;
  readonly cookie: string;
}

/** The session of a cookie, taken over from the replica that serves it where it is another. */
export async function ownSession(
  { sessions, shared }: HttpRuntime,
  cookie: { id: string; secure: boolean },
): Promise<Session | undefined> {
  if (!shared) return sessions.find(cookie.id, cookie.secure);
  const place = await shared.find(cookie, { take: true });
  return place.kind === "here" ? place.session : undefined;
}

async function sessionBefore(request: Request, runtime: HttpRuntime): Promise<Session | undefined> {
  const cookie = sessionIdOf(request);
  return cookie && (await ownSession(runtime, cookie));
}

/**
 * Opens a session. One that the browser had ends; but when it is of the same person in the same clusters it goes on with the new
 * credentials, so that open pages and streams keep what they have.
 */
export async function openSession(
  request: Request,
  runtime: HttpRuntime,
  recognised: readonly Recognised[],
  known?: Session,
): Promise<OpenedSession> {
  const { sessions, shared } = runtime;
  const before = known ?? (await sessionBefore(request, runtime));
  const secure = isSecure(request, runtime.config);
  if (before?.secure === secure && recognised.every((login) => isKnown(before, login))) {
    for (const login of recognised) sessions.replace(before, login.credentials.cluster, login);
    const id = sessions.renew(before);
    if (id !== undefined) {
      await shared?.settled(before);
      return { session: before, cookie: cookieOf(id, before, runtime) };
    }
  }
  const clusters = await Promise.all(recognised.map((login) => clusterLogin(runtime, login)));
  if (before) sessions.end(before, "You logged in anew.");
  const { id, session } = sessions.create({ clusters, secure });
  for (const cluster of session.clusters.values()) void followView(runtime, session, cluster);
  await shared?.settled(session);
  return { session, cookie: cookieOf(id, session, runtime) };
}

/**
 * Logs a session in to one more cluster. Where it has a cluster of that name already, the same person's credentials replace the old ones;
 * another person, or another server of that name, comes beside it under a name of its own.
 */
export async function joinCluster(runtime: HttpRuntime, session: Session, recognised: Recognised): Promise<void> {
  const { sessions } = runtime;
  if (isKnown(session, recognised)) {
    sessions.replace(session, recognised.credentials.cluster, recognised);
    await runtime.shared?.settled(session);
    return;
  }
  const cluster = freeName(session, recognised);
  const login = await clusterLogin(runtime, { ...recognised, credentials: { ...recognised.credentials, cluster } });
  const entered = sessions.enter(session, login);
  if (entered) void followView(runtime, session, entered);
  else login.lease.release();
  await runtime.shared?.settled(session);
}

/** The cluster's own name, `production (jane)` when that is taken, or with a number. */
function freeName({ clusters }: Session, { credentials, identity }: Recognised): string {
  const { cluster } = credentials;
  const person = identity.username.split(":").at(-1) ?? identity.username;
  let name = cluster;
  for (let number = 1; clusters.has(name); number += 1)
    name = number === 1 ? `${cluster} (${person})` : `${cluster} (${person}) ${number}`;
  return name;
}

/** Whether the session has this person in this cluster already. */
function isKnown({ clusters }: Session, { credentials, identity }: Recognised): boolean {
  const known = clusters.get(credentials.cluster);
  return (
    known !== undefined &&
    known.credentials.server === credentials.server &&
    identityKey(known.identity) === identityKey(identity)
  );
}

async function clusterLogin(runtime: HttpRuntime, recognised: Recognised): Promise<ClusterLogin> {
  const { credentials, identity } = recognised;
  const lease = await runtime.views.acquire(credentials, identity);
  const version = await versionOf(lease.view);
  return { ...recognised, name: credentials.cluster, lease, ...(version === undefined ? {} : { version }) };
}

function cookieOf(id: string, session: Session, runtime: HttpRuntime): string {
  return sessionCookie(id, session.secure, (session.expiresAt - runtime.clock.now()) / 1000);
}

async function versionOf(view: ClusterView): Promise<string | undefined> {
  try {
    return (await view.client.request<{ gitVersion?: string }>({ path: "/version", timeout: 3000 })).gitVersion;
  } catch {
    return undefined;
  }
}
