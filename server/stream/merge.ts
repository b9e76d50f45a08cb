import { firstOf, type SequencedEvent } from "#lib/api/events.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";

type Rows = Extract<SequencedEvent, { type: "applications" | "touched" }>;

/** Events merged into one while they wait; later ones win by key. */
export class PendingRows {
  readonly #upserts = new Map<string, Application>();
  readonly #removes = new Set<string>();
  readonly #touched = new Set<string>();
  #first: number | undefined;
  #sequence = 0;

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
      this.#upserts.delete(key);
      this.#removes.add(key);
    }
    for (const row of event.upserts) {
      const key = applicationKey(row);
      this.#removes.delete(key);
      this.#upserts.set(key, row);
    }
    for (const key of event.touched ?? []) this.#touched.add(key);
  }

  /** What has been added, as one event, and starts anew; undefined when there is nothing. */
  take(): Rows | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    const range = { v: 1, sequence: this.#sequence, ...(first === this.#sequence ? {} : { first }) } as const;
    const rows = this.#upserts.size + this.#removes.size > 0;
    const event: Rows = rows
      ? {
          ...range,
          type: "applications",
          upserts: [...this.#upserts.values()],
          removes: [...this.#removes],
          ...(this.#touched.size > 0 ? { touched: [...this.#touched] } : {}),
        }
      : { ...range, type: "touched", keys: [...this.#touched] };
    this.#upserts.clear();
    this.#removes.clear();
    this.#touched.clear();
    this.#first = undefined;
    return event;
  }
}
