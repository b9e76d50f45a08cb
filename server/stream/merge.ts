import { isDeepStrictEqual } from "node:util";
import { firstOf, type RowChange, type SequencedEvent } from "#lib/api/events.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";

type Fields = Readonly<Record<string, unknown>>;
type Rows = Extract<SequencedEvent, { type: "applications" | "touched" }>;

/**
 * Events merged into one while they wait; later ones win by key. Of rows that are known, only fields are told: all that have changed meanwhile, even if they are again what they were, because a client may have
 * fetched the list in between.
 */
export class PendingRows {
  /** The rows as they were pushed last. */
  readonly #known: Map<string, Application>;
  readonly #upserts = new Set<string>();
  readonly #changed = new Map<string, Set<string>>();
  readonly #removes = new Set<string>();
  readonly #touched = new Set<string>();
  #first: number | undefined;
  #sequence = 0;

  /** @param rows that every client knows, because they are in each list that it can have */
  constructor(rows: readonly Application[] = []) {
    this.#known = new Map(rows.map((row) => [applicationKey(row), row]));
  }

  get empty(): boolean {
    return this.#first === undefined;
  }

  /** Adds the next event; they must come in order. */
  add(event: Rows): void {
    this.#first ??= firstOf(event);
    this.#sequence = event.sequence;
    if (event.type === "touched") {
      for (const key of event.keys) this.#touched.add(key);
      return;
    }
    for (const key of event.removes) {
      this.#known.delete(key);
      this.#upserts.delete(key);
      this.#changed.delete(key);
      this.#removes.add(key);
    }
    for (const row of event.upserts) this.#upsert(applicationKey(row), row);
    for (const key of event.touched ?? []) this.#touched.add(key);
  }

  /** What has been added, as one event, and starts anew; undefined when there is nothing. */
  take(): Rows | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    const range = { v: 1, sequence: this.#sequence, ...(first === this.#sequence ? {} : { first }) } as const;
    const rows = this.#upserts.size + this.#changed.size + this.#removes.size > 0;
    const changes = [...this.#changed].flatMap(([key, fields]) => this.#change(key, fields) ?? []);
    const event: Rows = rows
      ? {
          ...range,
          type: "applications",
          upserts: [...this.#upserts].flatMap((key) => this.#known.get(key) ?? []),
          ...(changes.length > 0 ? { changes } : {}),
          removes: [...this.#removes],
          ...(this.#touched.size > 0 ? { touched: [...this.#touched] } : {}),
        }
      : { ...range, type: "touched", keys: [...this.#touched] };
    this.#upserts.clear();
    this.#changed.clear();
    this.#removes.clear();
    this.#touched.clear();
    this.#first = undefined;
    return event;
  }

  #upsert(key: string, row: Application): void {
    const before = this.#known.get(key);
    this.#known.set(key, row);
    if (before === undefined || this.#upserts.has(key)) {
      this.#removes.delete(key);
      this.#upserts.add(key);
      return;
    }
    const changed = this.#changed.get(key) ?? new Set();
    for (const field of differing(before, row)) changed.add(field);
    this.#changed.set(key, changed);
  }

  #change(key: string, fields: ReadonlySet<string>): RowChange | undefined {
    const row: Fields | undefined = this.#known.get(key);
    if (!row) return undefined;
    const there = [...fields].filter((field) => row[field] !== undefined);
    const unset = [...fields].filter((field) => row[field] === undefined);
    return {
      key,
      set: Object.fromEntries(there.map((field) => [field, row[field]])),
      ...(unset.length > 0 ? { unset } : {}),
    };
  }
}

function differing(before: Fields, after: Fields): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
}
