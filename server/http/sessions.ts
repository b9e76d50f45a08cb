import { createHash, randomBytes } from "node:crypto";
import type { ClusterCredentials } from "#server/kube/credentials.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { Clock } from "./clock.ts";
import type { ViewLease } from "./runtime-interface.ts";

/** One cluster of a session, with what this person may use there. */
export interface SessionCluster {
  readonly name: string;
  readonly version?: string;
  readonly credentials: ClusterCredentials;
  readonly identity: Identity;
  /** Replaced when the view had to be opened again. */
  lease: ViewLease;
}

/** A logged-in person. Holds credentials: never logged, never serialised. */
export interface Session {
  /** Hash of the id that the cookie holds. */
  readonly key: string;
  readonly clusters: ReadonlyMap<string, SessionCluster>;
  /** Name of the cluster that answers when none is asked for. */
  readonly cluster: string;
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
  readonly clusters: readonly SessionCluster[];
  readonly secure: boolean;
  /** When the credentials themselves expire, if that is known; milliseconds since 1970. */
  readonly credentialsExpireAt?: number;
}

/** Lifetimes in milliseconds. */
export interface SessionLifetimes {
  readonly idle: number;
  readonly absolute: number;
}

const defaultLifetimes: SessionLifetimes = { idle: 30 * 60_000, absolute: 12 * 3_600_000 };

interface Entry {
  readonly session: Session;
  readonly end: AbortController;
}

/**
 * Sessions in memory. The cookie holds an opaque random id and the store only its hash, so a dump of the map's keys logs nobody in.
 * A session ends by logging out, by credentials that stopped working, by idling, or at the end of its lifetime.
 */
export class SessionStore {
  readonly #clock: Clock;
  readonly #lifetimes: SessionLifetimes;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock, lifetimes: SessionLifetimes = defaultLifetimes) {
    this.#clock = clock;
    this.#lifetimes = lifetimes;
  }

  /** Opens a session; the id goes into the cookie and is known nowhere else. */
  create(input: NewSession): { id: string; session: Session } {
    const [first] = input.clusters;
    if (!first) throw new Error("a session needs a cluster");
    const id = randomBytes(32).toString("base64url");
    const now = this.#clock.now();
    const end = new AbortController();
    const session: Session = {
      key: hash(id),
      clusters: new Map(input.clusters.map((cluster) => [cluster.name, cluster])),
      cluster: first.name,
      secure: input.secure,
      expiresAt: Math.min(now + this.#lifetimes.absolute, input.credentialsExpireAt ?? Number.POSITIVE_INFINITY),
      ended: end.signal,
      lastUsed: now,
      checkedAt: now,
    };
    this.#entries.set(session.key, { session, end });
    return { id, session };
  }

  /** The session of a cookie, which counts as use of it. */
  find(id: string, secure: boolean): Session | undefined {
    const session = this.#entries.get(hash(id))?.session;
    if (!session || session.secure !== secure || this.endReason(session) !== undefined) return undefined;
    this.touch(session);
    return session;
  }

  /** Counts as use: an ordinary request, or a stream that is open. */
  touch(session: Session): void {
    session.lastUsed = this.#clock.now();
  }

  /** Why the session is over, in words; undefined while it is not. Ends it when its time has come. */
  endReason(session: Session): string | undefined {
    if (session.ended.aborted) return String(session.ended.reason);
    const now = this.#clock.now();
    if (now >= session.expiresAt) this.end(session, "The session has reached the end of its lifetime.");
    else if (now - session.lastUsed >= this.#lifetimes.idle) this.end(session, "The session was not used for a while.");
    return session.ended.aborted ? String(session.ended.reason) : undefined;
  }

  /** Ends a session: gives its views back and tells everyone who listens to `ended`. Ending twice does nothing. */
  end(session: Session, reason: string): void {
    const entry = this.#entries.get(session.key);
    if (!entry || entry.session.ended.aborted) return;
    this.#entries.delete(session.key);
    entry.end.abort(reason);
    for (const cluster of session.clusters.values()) cluster.lease.release();
  }

  /** Ends the sessions whose time has come; call it every minute or so. */
  sweep(): void {
    for (const { session } of this.#entries.values()) this.endReason(session);
  }

  /** Ends all, when the server stops. */
  endAll(reason: string): void {
    for (const { session } of this.#entries.values()) this.end(session, reason);
  }

  get size(): number {
    return this.#entries.size;
  }
}

function hash(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
