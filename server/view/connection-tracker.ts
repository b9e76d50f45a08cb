import { isDeepStrictEqual } from "node:util";
import type { Connection, Limit } from "#lib/api/connection-contract.ts";
import type { GroupKind, KindState } from "#server/kube/store.ts";
import { connectionOf, limitOf } from "./kind-states.ts";

/** Remembers how well the server follows the cluster, and since when. */
export class ConnectionTracker {
  readonly #now: () => string;
  #connection: Connection;
  #limits: Limit[] = [];

  /** @param now the time, RFC 3339 */
  constructor(now: () => string) {
    this.#now = now;
    this.#connection = { state: "catching-up", since: now() };
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
    this.#connection = { state: "disconnected", message, since: state === "disconnected" ? since : this.#now() };
    return true;
  }

  /** Takes the states of all kinds; tells whether anything that a person sees has changed. */
  update(kinds: readonly { kind: GroupKind; state: KindState }[]): boolean {
    const next = connectionOf(kinds.map(({ state }) => state));
    // While nothing can be asked, each kind that can't be followed says nothing that the connection does not.
    const limits = kinds
      .flatMap(({ kind, state }) => limitOf(kind, state) ?? [])
      .filter(({ reason }) => next.state !== "disconnected" || reason !== "unavailable");
    const same = next.state === this.#connection.state && next.message === this.#connection.message;
    if (same && isDeepStrictEqual(limits, this.#limits)) return false;
    const since = next.state === this.#connection.state ? this.#connection.since : this.#now();
    this.#connection = { ...next, since };
    this.#limits = limits;
    return true;
  }
}
