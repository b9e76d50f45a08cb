import { isDeepStrictEqual } from "node:util";
import type { Connection, Limit } from "#lib/api/connection-contract.ts";
import type { GroupKind, KindState } from "#server/kube/store.ts";
import { connectionOf, kindName, limitOf } from "./kind-states.ts";

/** A kind and how well it is followed. */
interface FollowedKind {
  readonly kind: GroupKind;
  readonly state: KindState;
}

/**
 * For how many milliseconds a kind that can't be followed counts as one that is about to be again, so that the page is catching up. From then on it
 * is in trouble of its own (a broken conversion webhook): the page is live but for that kind, which it names.
 */
const trouble = 60_000;

/** Remembers how well the server follows the cluster, and since when. */
export class ConnectionTracker {
  readonly #now: () => number;
  #connection: Connection;
  #limits: Limit[] = [];
  /** Since when a kind can't be followed though others can, by name. */
  readonly #down = new Map<string, number>();

  /** @param now the time, in milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
    this.#connection = { state: "catching-up", since: this.#time() };
  }

  get current(): Connection {
    return this.#connection;
  }

  get limits(): Limit[] {
    return this.#limits;
  }

  /** The cluster could not even be asked for its kinds; tells whether that is news. */
  lost(message: string): boolean {
    const { state, message: before, since } = this.#connection;
    if (state === "disconnected" && message === before) return false;
    this.#connection = { state: "disconnected", message, since: state === "disconnected" ? since : this.#time() };
    return true;
  }

  /**
   * Takes the states of all kinds, whenever one changes and from time to time; tells whether anything that a person sees has changed.
   *
   * @param read whether the rows of what was listed first are all there: nothing is live before
   */
  update(kinds: readonly FollowedKind[], read = true): boolean {
    // As long as nobody has said which kinds there are, nothing is live.
    if (kinds.length === 0) return false;
    const { next: judged, returning } = this.#judge(kinds);
    const next: typeof judged = judged.state === "live" && !read ? { state: "catching-up" } : judged;
    // What the connection tells already is not told again for each kind.
    const limits = kinds
      .filter(({ kind }) => !returning.has(kindName(kind)))
      .flatMap(({ kind, state }) => limitOf(kind, state) ?? []);
    const same = next.state === this.#connection.state && next.message === this.#connection.message;
    if (same && isDeepStrictEqual(limits, this.#limits)) return false;
    const since = next.state === this.#connection.state ? this.#connection.since : this.#time();
    this.#connection = { ...next, since };
    this.#limits = limits;
    return true;
  }

  /** How the connection is, and the kinds that are expected to be followed again. */
  #judge(kinds: readonly FollowedKind[]): { next: Omit<Connection, "since">; returning: ReadonlySet<string> } {
    const down = kinds.filter(({ state }) => state.state === "disconnected");
    const names = new Set(down.map(({ kind }) => kindName(kind)));
    const next = connectionOf(kinds.map(({ state }) => state));
    for (const name of this.#down.keys())
      if (next.state === "disconnected" || !names.has(name)) this.#down.delete(name);
    if (next.state === "disconnected") return { next, returning: names };
    const now = this.#now();
    for (const name of names) if (!this.#down.has(name)) this.#down.set(name, now);
    const returning = new Set([...names].filter((name) => now - (this.#down.get(name) ?? now) < trouble));
    const [first] = down.filter(({ kind }) => returning.has(kindName(kind)));
    if (!first) return { next, returning };
    const message =
      returning.size === 1
        ? limitOf(first.kind, first.state)?.message
        : `${returning.size} kinds can't be followed yet.`;
    return { next: { state: "catching-up", ...(message !== undefined && { message }) }, returning };
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}
