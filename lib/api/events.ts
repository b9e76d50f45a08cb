import type { Application } from "../model/application.ts";
import type { Connection, Limit } from "./contract.ts";

/**
 * What `GET /api/v1/events` sends, one versioned union. Each SSE message has `event: message`, `id: <sequence>` and one of these as JSON.
 * `sequence` rises by one with every event of a view; a gap means that something was missed: fetch the list again.
 */
export type StreamEvent =
  /** First on every connection; `instance` tells whether sequences can be compared with an earlier connection. */
  | { v: 1; type: "hello"; instance: string; sequence: number; connection: Connection; limits: Limit[] }
  /** Rows that are new or changed, and keys (`applicationKey`) of rows that are gone. */
  | { v: 1; type: "applications"; sequence: number; upserts: Application[]; removes: string[] }
  /** Something inside these applications changed that no row shows (resources, history, events): refetch what is open. */
  | { v: 1; type: "touched"; sequence: number; keys: string[] }
  /** The server's own connection to the cluster changed, or what may be read. */
  | { v: 1; type: "connection"; sequence: number; connection: Connection; limits: Limit[] }
  /** The session is over; log in again. The stream ends after it. */
  | { v: 1; type: "session-ended"; reason: string };
