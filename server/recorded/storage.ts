import type { RecordHead } from "./record.ts";

/**
 * Where recorded releases are kept. It knows nothing of who may read what: whoever hands manifests on has to ask the cluster first.
 * Everything throws RecordFault.
 */
export interface RecordStorage {
  /** In words: "the folder …", "Secrets in driftglass-records". */
  readonly place: string;
  /** The key of the masking tokens, made when there is none: 32 bytes that stay with the records. */
  key(): Promise<Uint8Array>;
  /** The heads of one unit's records, or of all. What can't be read is left out. */
  heads(unit?: string): Promise<RecordHead[]>;
  /** A record's manifests, packed. */
  body(head: Pick<RecordHead, "unit" | "content">): Promise<Uint8Array>;
  /** Writes a record; where there is one of the same content, its revisions are joined. */
  put(head: RecordHead, body: Uint8Array): Promise<void>;
  /** Removes a record; one that is gone already is no fault. */
  remove(head: Pick<RecordHead, "unit" | "content">): Promise<void>;
  close(): Promise<void>;
}
