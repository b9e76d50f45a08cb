import type { Application } from "../model/application.ts";
import type { Connection, Limit } from "./connection-contract.ts";

/**
 * What happens in one cluster. `sequence` rises by one with every event of a view; a gap means that something was missed: fetch the list
 * again. Several events may come merged into one, which then covers `first` to `sequence`; without `first` it is one event.
 */
export type ClusterEvent =
  /**
   * First of a cluster on every connection; `instance` tells whether sequences can be compared with an earlier connection, and the stream
   * goes on after `sequence` (which is what the client asked to resume from, where that was possible).
   */
  | { v: 1; type: "hello"; instance: string; sequence: number; connection: Connection; limits: Limit[] }
  /**
   * Rows that are new, fields of rows that were there before, and keys (`applicationKey`) of rows that are gone; `touched` as in the event of that name. On a connection a row that is known comes as
   * `changes`, which can be applied to any state of it that the event covers.
   */
  | {
      v: 1;
      type: "applications";
      sequence: number;
      first?: number;
      upserts: Application[];
      changes?: RowChange[];
      removes: string[];
      touched?: string[];
    }
  /**
   * Something inside these applications changed that no row shows (resources, history, events): refetch what is open. The key
   * `sourcesTouched` stands for the list of sources.
   */
  | { v: 1; type: "touched"; sequence: number; first?: number; keys: string[] }
  /** The server's own connection to the cluster changed, or what may be read. */
  | { v: 1; type: "connection"; sequence: number; connection: Connection; limits: Limit[] };

/**
 * What `GET /api/v1/events` sends, one versioned union. Each SSE message has `event: message` and one of these as JSON; what happens in a
 * cluster names it, and has `id: <sequence>`. Sequences of two clusters have nothing to do with each other.
 */
export type StreamEvent =
  | (ClusterEvent & { cluster: string })
  /** With `?cluster=*`: the clusters that the stream tells of. First on every connection, and again when the person is no longer logged in to one. */
  | { v: 1; type: "clusters"; clusters: string[] }
  /** The session is over; log in again. The stream ends after it. */
  | { v: 1; type: "session-ended"; reason: string };

/** What changed of a row: the fields that are others now, and the names of those that it has no more. */
export interface RowChange {
  readonly key: string;
  readonly set: Partial<Application>;
  readonly unset?: readonly string[];
}

/** Among the keys of `touched`: the list of sources changed, or who takes them. No application has such a key. */
export const sourcesTouched = "sources";

/** An event that has a place in the sequence and changes something. */
export type SequencedEvent = Exclude<ClusterEvent, { type: "hello" }>;

/** The first sequence number that an event covers. */
export function firstOf(event: SequencedEvent): number {
  return "first" in event && event.first !== undefined ? event.first : event.sequence;
}
