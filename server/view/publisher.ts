import type { Connection, Limit } from "#lib/api/connection-contract.ts";
import type { ClusterEvent } from "#lib/api/events.ts";
import type { Application } from "#lib/model/application.ts";

/** Numbers the events of one view and hands them to whoever listens, in order. */
export class Publisher {
  #sequence = 0;
  readonly #listeners = new Set<(event: ClusterEvent) => void>();

  /** Number of the last event. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Rows that are new or changed, and keys of rows that are gone; nothing is sent for nothing. */
  applications(upserts: Application[], removes: string[]): void {
    if (upserts.length === 0 && removes.length === 0) return;
    this.#send({ v: 1, type: "applications", sequence: this.#next(), upserts, removes });
  }

  /** Something inside these applications changed that no row shows. */
  touched(keys: string[]): void {
    if (keys.length > 0) this.#send({ v: 1, type: "touched", sequence: this.#next(), keys });
  }

  /** The way to the cluster, or what may be read, changed. */
  connection(connection: Connection, limits: Limit[]): void {
    this.#send({ v: 1, type: "connection", sequence: this.#next(), connection, limits });
  }

  subscribe(listener: (event: ClusterEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #next(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  #send(event: ClusterEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
