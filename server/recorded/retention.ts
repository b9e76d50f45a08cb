import { lastRecorded, type RecordHead } from "./record.ts";

/** How much is kept. */
export interface RetentionLimits {
  /** Records of one application. */
  readonly perApplication: number;
  /** Bytes of all records together, compressed. */
  readonly bytes: number;
}

/**
 * The records that have to go, oldest first: what an application has beyond its number, then the oldest of all until the rest
 * fits. An application's newest record goes last: it is the one that the next release is compared with.
 */
export function expired(heads: readonly RecordHead[], limits: RetentionLimits): RecordHead[] {
  const byUnit = Map.groupBy(heads.toSorted(newestFirst), ({ unit }) => unit);
  const gone = [...byUnit.values()].flatMap((records) => records.slice(limits.perApplication));
  const kept = new Set(heads.filter((head) => !gone.includes(head)));
  let bytes = [...kept].reduce((sum, head) => sum + head.bytes, 0);
  const newest = new Set([...byUnit.values()].map(([first]) => first));
  const candidates = [...kept].toSorted((a, b) => Number(newest.has(a)) - Number(newest.has(b)) || newestFirst(b, a));
  for (const head of candidates) {
    if (bytes <= limits.bytes) break;
    bytes -= head.bytes;
    gone.push(head);
  }
  return gone;
}

function newestFirst(a: RecordHead, b: RecordHead): number {
  return lastRecorded(a) < lastRecorded(b) ? 1 : -1;
}
