import type { Clock } from "../clock.ts";
import { isKubeFault } from "../problem.ts";
import type { Sealer } from "../sealer.ts";
import type { Session, SessionLifetimes, SessionObserver } from "../session.ts";
import { namesOf, type SessionStore } from "../sessions.ts";
import { requireRoom, unavailable } from "./refusals.ts";
import { headOf, overReason, storedName, type SessionHead } from "./session-head.ts";
import { purpose, sessionContentSchema, type SessionContent } from "./session-content.ts";
import type { SignedIds } from "./session-ids.ts";
import type { SessionStorage, StoredSession } from "./session-storage.ts";
import { WriteQueue } from "./write-queue.ts";

/** Where the session of a cookie is. */
export type Place =
  | { readonly kind: "here"; readonly session: Session }
  | { readonly kind: "there"; readonly home: string }
  | { readonly kind: "none"; readonly reason?: string };

/** What a search may do. */
export interface Search {
  /** The URL of a replica that does not answer: what it served is taken over. */
  readonly gone?: string;
  /** Whoever serves it, it is served here from now on. */
  readonly take?: boolean;
  /** What was heard is not true any more. */
  readonly fresh?: boolean;
}

/** What sharing sessions needs of the rest of the server. */
export interface SharingPorts {
  readonly sessions: SessionStore;
  readonly storage: SessionStorage;
  readonly sealer: Sealer;
  readonly ids: SignedIds;
  readonly clock: Clock;
  readonly lifetimes: SessionLifetimes;
  /** URL by which the other replicas reach this one. */
  readonly home: string;
  contentOf(session: Session): SessionContent;
  /** Opens the session of a cookie's id with what another replica has kept of it. @throws ApiError where none of its clusters can be gone on with */
  restore(id: string, head: SessionHead, content: SessionContent): Promise<Session>;
  /** Gives back what a session holds elsewhere, such as refresh tokens. */
  revoke(session: Session): Promise<void>;
}

const elsewhere = "It was ended in another place.";
const tombstoneTime = 600_000;
const retryTime = 5_000;

/**
 * The sessions that replicas have in common. Each is served by one of them, its home, which alone writes it, follows the cluster for it and renews its tokens; the
 * others send its requests there. When a home is gone, whoever is asked next takes the session over: of two, the one whose write comes first.
 */
export class SharedSessions implements SessionObserver {
  readonly #ports: SharingPorts;
  readonly #heads = new Map<string, { readonly head: SessionHead; readonly version: string }>();
  /** What this replica serves, by the name under which it is kept, with the version that it has written last. */
  readonly #served = new Map<string, { readonly session: Session; version?: string; use: number }>();
  readonly #opening = new Map<string, Promise<Place>>();
  readonly #writes = new WriteQueue();
  readonly #unfollow: () => Promise<void>;
  #stopping = false;

  constructor(ports: SharingPorts) {
    this.#ports = ports;
    ports.sessions.observer = this;
    this.#unfollow = ports.storage.follow((name, head, version) => this.#heard(name, head, version));
  }

  /** URL by which the other replicas reach this one. */
  get home(): string {
    return this.#ports.home;
  }

  /** How many replicas are known: this one, and those that serve a session. */
  get replicas(): number {
    const others = [...this.#heads.values()].flatMap(({ head }) => (head.ended ? [] : [head.home]));
    return new Set([this.home, ...others]).size;
  }

  /** Where the session of a cookie is; one that is nobody's is taken in. @throws ApiError 503 while that can't be known */
  async find({ id, secure }: { id: string; secure: boolean }, search: Search = {}): Promise<Place> {
    const { sessions, ids } = this.#ports;
    const session = sessions.find(id, secure);
    if (session) return { kind: "here", session };
    if (!ids.isGenuine(id)) return { kind: "none" };
    const name = storedName(namesOf(id).key);
    const known = search.fresh ? undefined : this.#heads.get(name)?.head;
    if (known?.ended) return { kind: "none", reason: known.ended.reason };
    if (known && !this.#mayTake(known, search)) return { kind: "there", home: known.home };
    if (this.#stopping) throw unavailable("This replica of Driftglass is stopping.");
    const opening =
      this.#opening.get(name) ?? this.#open(id, secure, name, search).finally(() => this.#opening.delete(name));
    this.#opening.set(name, opening);
    try {
      return await opening;
    } catch (error) {
      throw isKubeFault(error) ? unavailable(error.message) : error;
    }
  }

  /** Resolves once what has happened to a session is kept, so that whichever replica is asked next knows it. @throws ApiError 503 where a new one can't be */
  async settled({ key }: Pick<Session, "key">): Promise<void> {
    await this.#writes.settled(storedName(key));
  }

  /** Shows that this replica still serves a session, before it does what only one may do. @throws ApiError 503 when it does not, or that can't be known */
  async confirm(session: Session): Promise<void> {
    const name = storedName(session.key);
    this.#writes.add(name, () => this.#save(name, { strict: true }));
    await this.settled(session);
    if (session.ended.aborted || this.#served.get(name)?.version === undefined)
      throw unavailable("Another replica of Driftglass goes on with this session.");
  }

  /** Ends the sessions of these people, whichever replica serves them. @throws ApiError 503 */
  async endEverywhere(people: ReadonlySet<string>, reason: string): Promise<void> {
    try {
      const all = await this.#ports.storage.heads();
      const theirs = all.filter(({ head }) => !head.ended && head.people.some((person) => people.has(person)));
      await Promise.all(theirs.map((stored) => this.#bury(stored, reason)));
    } catch (error) {
      throw isKubeFault(error) ? unavailable(error.message) : error;
    }
  }

  changed(session: Session): void {
    const name = storedName(session.key);
    const served = this.#served.get(name) ?? { session, use: 0 };
    this.#served.set(name, served);
    this.#writes.add(name, () => this.#save(name));
  }

  renamed(session: Session, before: string): void {
    const name = storedName(before);
    const version = this.#served.get(name)?.version;
    this.#served.delete(name);
    this.changed(session);
    if (version !== undefined) this.#writes.add(name, () => this.#ports.storage.remove(name, version).catch(log));
  }

  ended(session: Session, reason: string): void {
    const name = storedName(session.key);
    const version = this.#served.get(name)?.version;
    this.#served.delete(name);
    const head = headOf(session, this.home);
    if (version !== undefined) this.#buryLater({ head, version }, reason);
  }

  /** Writes down what was used, and removes what is over; call it every minute or so. */
  async sweep(): Promise<void> {
    const { clock, lifetimes, storage } = this.#ports;
    const now = clock.now();
    for (const { session, use } of this.#served.values())
      if (session.lastUsed - use > lifetimes.idle / 5) this.changed(session);
    for (const [name, { head, version }] of this.#heads) {
      const { ended, expiresAt, lastUsed } = head;
      // Of a home that is gone, nothing ends by itself.
      const over = ended ? now - ended.at > tombstoneTime : now > expiresAt || now - lastUsed > lifetimes.idle * 1.5;
      if (over && !this.#served.has(name)) await storage.remove(name, version).catch(log);
    }
  }

  /** Gives what is served here to whichever replica is asked next, and takes nothing more. Never throws. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      [...this.#served].map(async ([name, { session }]) => {
        this.#writes.add(name, () => this.#save(name, { home: "" }));
        await this.settled(session).catch(log);
        this.#letGo(name);
      }),
    );
    await this.#unfollow();
    await this.#ports.storage.close();
  }

  #mayTake({ home }: SessionHead, { gone, take }: Search): boolean {
    return take === true || home === "" || home === this.home || home === gone;
  }

  async #open(id: string, secure: boolean, name: string, search: Search): Promise<Place> {
    const { storage, sealer, clock, lifetimes } = this.#ports;
    const { sealing } = namesOf(id);
    for (;;) {
      const stored = await storage.read(name);
      const over = stored ? overReason(stored.head, clock.now(), lifetimes) : "";
      if (!stored || over !== undefined) return { kind: "none", ...(over ? { reason: over } : {}) };
      if (!this.#mayTake(stored.head, search)) return { kind: "there", home: stored.head.home };
      const content = sessionContentSchema.safeParse(sealer.open(purpose(sealing), stored.content ?? "")).data;
      if (content?.secure !== secure) return { kind: "none" };
      const head = { ...stored.head, home: this.home, lastUsed: clock.now() };
      const version = await storage.write(head, stored.content, stored.version);
      if (version === undefined) continue;
      const session = await this.#ports.restore(id, head, content);
      this.#served.set(name, { session, version, use: session.lastUsed });
      // Somebody may have taken it, or ended it, while it was opened here.
      const heard = this.#heads.get(name);
      if (heard) this.#heard(name, heard.head, heard.version);
      return { kind: "here", session };
    }
  }

  /** @param how `strict` throws where the write is otherwise repeated later */
  async #save(name: string, how: { home?: string; strict?: boolean } = {}): Promise<void> {
    const served = this.#served.get(name);
    if (!served || served.session.ended.aborted) return;
    const { session } = served;
    const { storage, sealer, sessions } = this.#ports;
    const isNew = served.version === undefined;
    try {
      const head = headOf(session, how.home ?? this.home);
      if (isNew) requireRoom(head, this.#heads.values());
      const content = sealer.seal(purpose(session.sealing), this.#ports.contentOf(session));
      for (;;) {
        const version = await storage.write(head, content, served.version);
        if (version !== undefined) {
          served.version = version;
          served.use = session.lastUsed;
          return;
        }
        const stored = await storage.read(name);
        if (!stored || stored.head.ended) return this.#endHere(name, stored?.head.ended?.reason ?? elsewhere);
        if (stored.head.home !== this.home) return this.#letGo(name);
        served.version = stored.version;
      }
    } catch (error) {
      if (isNew) {
        sessions.end(session, "The session could not be kept.");
        throw isKubeFault(error) ? unavailable(error.message) : error;
      }
      if (how.strict) throw isKubeFault(error) ? unavailable(error.message) : error;
      log(error);
      if (!this.#stopping)
        setTimeout(() => this.#served.get(name) === served && this.changed(session), retryTime).unref();
    }
  }

  /** Leaves of a session why it has ended, whoever has written it meanwhile. */
  async #bury(stored: StoredSession, reason: string): Promise<void> {
    const { storage, clock } = this.#ports;
    const ended = { reason, at: clock.now() };
    for (let now: StoredSession | undefined = stored; now && !now.head.ended;) {
      if ((await storage.write({ ...now.head, ended }, undefined, now.version)) !== undefined) return;
      now = await storage.read(stored.head.name);
    }
  }

  /** Until it is written, whoever has the cookie could go on with the session: it is tried again and again. */
  #buryLater(stored: StoredSession, reason: string): void {
    this.#writes.add(stored.head.name, () =>
      this.#bury(stored, reason).catch((error: unknown) => {
        log(error);
        if (this.#ports.clock.now() < stored.head.expiresAt)
          setTimeout(() => this.#buryLater(stored, reason), retryTime).unref();
      }),
    );
  }

  #heard(name: string, head: SessionHead | undefined, version: string): void {
    if (head) this.#heads.set(name, { head, version });
    else this.#heads.delete(name);
    const served = this.#served.get(name);
    // What was so before this replica has written it says nothing; a new session is not yet written.
    if (served?.version === undefined || (head && BigInt(version) <= BigInt(served.version))) return;
    if (!head || head.ended) this.#endHere(name, head?.ended?.reason ?? elsewhere);
    else if (head.home !== this.home && !this.#stopping) this.#letGo(name);
  }

  /** Ends a session that is over already wherever it is kept. */
  #endHere(name: string, reason: string): void {
    const session = this.#served.get(name)?.session;
    this.#served.delete(name);
    if (!session) return;
    this.#ports.sessions.end(session, reason);
    void this.#ports.revoke(session);
  }

  #letGo(name: string): void {
    const session = this.#served.get(name)?.session;
    this.#served.delete(name);
    if (session) this.#ports.sessions.letGo(session);
  }
}

function log(error: unknown): void {
  console.error(`[driftglass] shared sessions: ${error instanceof Error ? error.message : String(error)}`);
}
