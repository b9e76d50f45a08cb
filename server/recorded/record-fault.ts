/** What went wrong with the store of recorded releases. `full` and `forbidden` concern everything, the others one record. */
export type RecordFaultKind = "missing" | "unreadable" | "too-large" | "full" | "forbidden" | "unavailable";

/** Recorded releases can't be read or written, for a reason that a person should read. The message names no secret. */
export class RecordFault extends Error {
  override readonly name = "RecordFault";
  readonly kind: RecordFaultKind;
  constructor(kind: RecordFaultKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
