import { createHash, randomBytes } from "node:crypto";
import type { ClusterCredentials } from "#server/kube/credentials.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { Clock } from "./clock.ts";
import type { ProxyUser } from "./proxy-user.ts";
import type { ViewLease } from "./runtime-interface.ts";

/** Credentials that a cluster has recognised. */
export interface Recognised {
  readonly credentials: ClusterCredentials;
  readonly identity: Identity;
  /** When the credentials themselves expire, if that is known; milliseconds since 1970. */
  readonly expiresAt?: number;
  /** Whom the proxy in front has named, where it logs people in. */
  readonly proxyUser?: ProxyUser;
}

/** What a person may use in one cluster. */
export interface ClusterLogin extends Recognised {
  readonly name: string;
  readonly version?: string;
  /** Replaced when the view had to be opened again. */
  lease: ViewLease;
}

/** One cluster of a session. */
export interface SessionCluster extends ClusterLogin {
  /** Aborted with the reason, in words, when the person is no longer logged in to this cluster. */
  readonly ended: AbortSignal;
}

/** A logged-in person. Holds credentials: never logged, never serialised. */
export interface Session {
  /** Hash of the id that the cookie holds. */
  readonly key: string;
  readonly clusters: ReadonlyMap<string, SessionCluster>;
  /** Name of the cluster that answers when none is asked for. */
  readonly cluster: string;
  /** Who the person was in clusters that they are no longer logged in to, by name, and why in words. */
  readonly lost: ReadonlyMap<string, { readonly reason: string; readonly identity: Identity }>;
  /** Whether it was made over HTTPS; its cookie then has the `__Host-` name and no other is taken. */
  readonly secure: boolean;
  /** When it ends whatever happens; milliseconds since 1970. */
  readonly expiresAt: number;
  /** Aborted with the reason, in words, when it ends. */
  readonly ended: AbortSignal;
  lastUsed: number;
  /** When its credentials were last seen to work, and the check under way. */
  checkedAt: number;
  checking?: Promise<string | undefined>;
}

/** What a session is made of. */
export interface NewSession {
  readonly clusters: readonly ClusterLogin[];
  readonly secure: boolean;
}

/** Lifetimes in milliseconds. */
export interface SessionLifetimes {
  readonly idle: number;
  readonly absolute: number;
}

const defaultLifetimes: SessionLifetimes = { idle: 30 * 60_000, absolute: 12 * 3_600_000 };

const rememberedReasons = 1000;

/** A cluster of a session with what ends it. */
type Membership = { -readonly [K in keyof SessionCluster]: SessionCluster[K] } & { readonly end: AbortController };

interface Entry extends Session {
  key: string;
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

  constructor(clock: Clock, lifetimes: SessionLifetimes = defaultLifetimes) {
    this.#clock = clock;
    this.#lifetimes = lifetimes;
  }

  /** Opens a session; the id goes into the cookie and is known nowhere else. */
  create({ clusters, secure }: NewSession): { id: string; session: Session } {
    const [first] = clusters;
    if (!first) throw new Error("a session needs a cluster");
    const id = newId();
    const now = this.#clock.now();
    const end = new AbortController();
    const session: Entry = {
      key: hash(id),
      clusters: new Map(),
      cluster: first.name,
      lost: new Map(),
      secure,
      expiresAt: now + this.#lifetimes.absolute,
      ended: end.signal,
      end,
      lastUsed: now,
      checkedAt: now,
    };
    for (const cluster of clusters) enter(session, cluster);
    this.#entries.set(session.key, session);
    return { id, session };
  }

  /** The session of a cookie, which counts as use of it. */
  find(id: string, secure: boolean): Session | undefined {
    const session = this.#entries.get(hash(id));
    if (!session || session.secure !== secure || this.endReason(session) !== undefined) return undefined;
    this.touch(session);
    return session;
  }

  /** The session of a key, which does not count as use. */
  ofKey(key: string): Session | undefined {
    const session = this.#entries.get(key);
    return session && this.endReason(session) === undefined ? session : undefined;
  }

  /** Counts as use: an ordinary request, or a stream that is open. */
  touch(session: Session): void {
    session.lastUsed = this.#clock.now();
  }

  /** Logs a session in to one more cluster, or to one of the same name anew: what was there before is given back, its streams end. */
  enter(session: Session, cluster: ClusterLogin): SessionCluster | undefined {
    const entry = this.#entryOf(session);
    return entry && enter(entry, cluster);
  }

  /**
   * Goes on with a session whose person has just shown again who they are: its lifetime begins anew, and the cookie gets a new id.
   * @returns the id, undefined when the session has ended
   */
  renew(session: Session): string | undefined {
    const entry = this.#entryOf(session);
    if (!entry) return undefined;
    const id = newId();
    this.#entries.delete(entry.key);
    entry.key = hash(id);
    this.#entries.set(entry.key, entry);
    const now = this.#clock.now();
    entry.expiresAt = now + this.#lifetimes.absolute;
    entry.lastUsed = now;
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
  }

  /** Mentions a cluster that was left no more. */
  forget(session: Session, name: string): void {
    this.#entryOf(session)?.lost.delete(name);
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
    this.#entries.delete(entry.key);
    this.#remember(entry.key, reason);
    entry.end.abort(reason);
    for (const cluster of entry.clusters.values()) {
      cluster.end.abort(reason);
      cluster.lease.release();
    }
  }

  /** Why the session of a cookie has ended, in words, if that was not long ago. */
  reasonOf(id: string): string | undefined {
    return this.#reasons.get(hash(id));
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

function newId(): string {
  return randomBytes(32).toString("base64url");
}

function hash(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
