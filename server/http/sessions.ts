import { createHash, randomBytes } from "node:crypto";
import type { Identity } from "#server/kube/identity.ts";
import { movedReason } from "#server/stream/hub.ts";
import type { Clock } from "./clock.ts";
import type {
  ClusterLogin,
  NewSession,
  Recognised,
  RestoredSession,
  Session,
  SessionCluster,
  SessionIds,
  SessionLifetimes,
  SessionObserver,
} from "./session.ts";

const defaultLifetimes: SessionLifetimes = { idle: 30 * 60_000, absolute: 12 * 3_600_000 };

const rememberedReasons = 1000;

/** A cluster of a session with what ends it. */
type Membership = { -readonly [K in keyof SessionCluster]: SessionCluster[K] } & { readonly end: AbortController };

interface Entry extends Session {
  key: string;
  sealing: string;
  cluster: string;
  expiresAt: number;
  readonly clusters: Map<string, Membership>;
  readonly lost: Map<string, { readonly reason: string; readonly identity: Identity }>;
  readonly end: AbortController;
}

/**
 * Sessions in memory. The cookie holds an opaque random id and the store only its hash, so a dump of the map's keys logs nobody in.
 * A session ends by logging out, by idling, at the end of its lifetime, or with the last of its clusters; each of these ends by itself when
 * its credentials stop working.
 */
export class SessionStore {
  readonly #clock: Clock;
  readonly #lifetimes: SessionLifetimes;
  readonly #entries = new Map<string, Entry>();
  /** Why the latest sessions have ended, by key: whoever comes back with their cookie is told. */
  readonly #reasons = new Map<string, string>();
  readonly #ids: SessionIds;
  /** Set once where sessions are kept elsewhere, too. */
  observer: SessionObserver | undefined;

  constructor(
    clock: Clock,
    lifetimes: SessionLifetimes = defaultLifetimes,
    ids: SessionIds = { create: () => randomBytes(32).toString("base64url") },
  ) {
    this.#clock = clock;
    this.#lifetimes = lifetimes;
    this.#ids = ids;
  }

  /** Opens a session; the id goes into the cookie and is known nowhere else. */
  create({ clusters, secure }: NewSession): { id: string; session: Session } {
    const [first] = clusters;
    if (!first) throw new Error("a session needs a cluster");
    const id = this.#ids.create();
    const now = this.#clock.now();
    const session = this.#open(id, {
      clusters,
      secure,
      cluster: first.name,
      lost: new Map(),
      expiresAt: now + this.#lifetimes.absolute,
    });
    session.checkedAt = now;
    this.observer?.changed(session);
    return { id, session };
  }

  /** Goes on with a session of another process. Whether its credentials still work is asked before it is used. */
  restore(id: string, restored: RestoredSession): Session {
    return this.#open(id, restored);
  }

  #open(id: string, { clusters, secure, cluster, lost, expiresAt }: RestoredSession): Session {
    const end = new AbortController();
    const session: Entry = {
      ...namesOf(id),
      clusters: new Map(),
      cluster,
      lost: new Map(lost),
      secure,
      expiresAt,
      ended: end.signal,
      end,
      lastUsed: this.#clock.now(),
      checkedAt: 0,
    };
    for (const each of clusters) enter(session, each);
    this.#entries.set(session.key, session);
    return session;
  }

  /** The session of a cookie, which counts as use of it. */
  find(id: string, secure: boolean): Session | undefined {
    const session = this.#entries.get(namesOf(id).key);
    if (!session || session.secure !== secure || this.endReason(session) !== undefined) return undefined;
    this.touch(session);
    return session;
  }

  /** All that there are, some of which may be over. */
  all(): Iterable<Session> {
    return this.#entries.values();
  }

  /** Counts as use: an ordinary request, or a stream that is open. */
  touch(session: Session): void {
    session.lastUsed = this.#clock.now();
  }

  /** Logs a session in to one more cluster, or to one of the same name anew: what was there before is given back, its streams end. */
  enter(session: Session, cluster: ClusterLogin): SessionCluster | undefined {
    const entry = this.#entryOf(session);
    if (!entry) return undefined;
    const entered = enter(entry, cluster);
    this.observer?.changed(entry);
    return entered;
  }

  /**
   * Goes on with a session whose person has just shown again who they are: its lifetime begins anew, and the cookie gets a new id.
   * @returns the id, undefined when the session has ended
   */
  renew(session: Session): string | undefined {
    const entry = this.#entryOf(session);
    if (!entry) return undefined;
    const id = this.#ids.create();
    const before = entry.key;
    this.#entries.delete(before);
    Object.assign(entry, namesOf(id));
    this.#entries.set(entry.key, entry);
    const now = this.#clock.now();
    entry.expiresAt = now + this.#lifetimes.absolute;
    entry.lastUsed = now;
    this.observer?.renamed(entry, before);
    return id;
  }

  /** Puts new credentials of the same person in the place of the old ones, while views and streams go on. */
  replace(session: Session, name: string, { credentials, identity, expiresAt, proxyUser }: Recognised): void {
    const cluster = this.#entryOf(session)?.clusters.get(name);
    if (!cluster) return;
    cluster.credentials = credentials;
    cluster.identity = identity;
    delete cluster.expiresAt;
    delete cluster.proxyUser;
    if (expiresAt !== undefined) cluster.expiresAt = expiresAt;
    if (proxyUser !== undefined) cluster.proxyUser = proxyUser;
    this.observer?.changed(session);
  }

  /** Logs a session out of one cluster; out of the last one ends the session. */
  leave(session: Session, { name, ended }: SessionCluster, reason: string): void {
    const entry = this.#entryOf(session);
    const cluster = entry?.clusters.get(name);
    if (!entry || cluster?.ended !== ended) return;
    if (entry.clusters.size === 1) return this.end(session, reason);
    entry.clusters.delete(name);
    entry.lost.set(name, { reason, identity: cluster.identity });
    if (entry.cluster === name) entry.cluster = entry.clusters.keys().next().value ?? entry.cluster;
    cluster.end.abort(reason);
    cluster.lease.release();
    this.observer?.changed(entry);
  }

  /** Mentions a cluster that was left no more. */
  forget(session: Session, name: string): void {
    if (this.#entryOf(session)?.lost.delete(name)) this.observer?.changed(session);
  }

  /** Why the session is over, in words; undefined while it is not. Ends it, or some of its clusters, when their time has come. */
  endReason(session: Session): string | undefined {
    if (session.ended.aborted) return String(session.ended.reason);
    const now = this.#clock.now();
    if (now >= session.expiresAt) this.end(session, "The session has reached the end of its lifetime.");
    else if (now - session.lastUsed >= this.#lifetimes.idle) this.end(session, "The session was not used for a while.");
    for (const cluster of session.clusters.values())
      if (cluster.expiresAt !== undefined && now >= cluster.expiresAt)
        this.leave(session, cluster, "The credentials have expired.");
    return session.ended.aborted ? String(session.ended.reason) : undefined;
  }

  /** Ends a session: gives its views back and tells everyone who listens to `ended`. Ending twice does nothing. */
  end(session: Session, reason: string): void {
    const entry = this.#entryOf(session);
    if (!entry) return;
    this.#remember(entry.key, reason);
    this.#close(entry, reason);
    this.observer?.ended(entry, reason);
  }

  /** Lets go of a session that goes on in another process. Its streams end without a word: whoever reads them connects again. */
  letGo(session: Session): void {
    const entry = this.#entryOf(session);
    if (entry) this.#close(entry, movedReason);
  }

  #close(entry: Entry, reason: string): void {
    this.#entries.delete(entry.key);
    entry.end.abort(reason);
    for (const cluster of entry.clusters.values()) {
      cluster.end.abort(reason);
      cluster.lease.release();
    }
  }

  /** Why the session of a cookie has ended, in words, if that was not long ago. */
  reasonOf(id: string): string | undefined {
    return this.#reasons.get(namesOf(id).key);
  }

  /** Ends the sessions that a test picks, such as all of one person. Returns them. */
  endWhere(picks: (session: Session) => boolean, reason: string): Session[] {
    const picked = [...this.#entries.values()].filter(picks);
    for (const session of picked) this.end(session, reason);
    return picked;
  }

  /** Ends the sessions whose time has come; call it every minute or so. */
  sweep(): void {
    for (const session of this.#entries.values()) this.endReason(session);
  }

  /** Ends all, when the server stops. */
  endAll(reason: string): void {
    this.endWhere(() => true, reason);
  }

  get size(): number {
    return this.#entries.size;
  }

  #remember(key: string, reason: string): void {
    this.#reasons.set(key, reason);
    const oldest = this.#reasons.keys().next();
    if (this.#reasons.size > rememberedReasons && !oldest.done) this.#reasons.delete(oldest.value);
  }

  #entryOf(session: Session): Entry | undefined {
    const entry = session as Entry;
    return this.#entries.get(entry.key) === entry ? entry : undefined;
  }
}

function enter(session: Entry, cluster: ClusterLogin): Membership {
  const end = new AbortController();
  const before = session.clusters.get(cluster.name);
  const entered: Membership = { ...cluster, end, ended: end.signal };
  session.clusters.set(cluster.name, entered);
  session.lost.delete(cluster.name);
  before?.end.abort("You logged in to this cluster anew.");
  before?.lease.release();
  return entered;
}

/** What a cookie's id is known by: the key of its session, and what the session is sealed for where it is kept. */
export function namesOf(id: string): { key: string; sealing: string } {
  return { key: hash(id), sealing: hash(`sealing ${id}`) };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
