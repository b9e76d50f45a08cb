import type { SequencedEvent } from "#lib/api/events.ts";
import type { Application } from "#lib/model/application.ts";
import { PendingRows } from "./merge.ts";

/**
 * Lets the first event through at once and merges what follows within the window, so that a person sees a change without delay
 * and a storm of changes costs a few messages a second. Changes of the connection never wait, and the order is kept.
 */
export class Coalescer {
  readonly #emit: (event: SequencedEvent) => void;
  readonly #window: number;
  readonly #pending: PendingRows;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param rows that are known already, of which only what changes is told */
  constructor(emit: (event: SequencedEvent) => void, rows: readonly Application[] = [], window = 100) {
    this.#emit = emit;
    this.#pending = new PendingRows(rows);
    this.#window = window;
  }

  push(event: SequencedEvent): void {
    if (event.type === "connection") {
      this.#flush();
      this.#emit(event);
      return;
    }
    this.#pending.add(event);
    if (this.#timer !== undefined) return;
    this.#flush();
    this.#open();
  }

  /** Drops what waits. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.take();
  }

  #open(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending.empty) return;
      this.#flush();
      this.#open();
    }, this.#window);
  }

  #flush(): void {
    const event = this.#pending.take();
    if (event) this.#emit(event);
  }
}
