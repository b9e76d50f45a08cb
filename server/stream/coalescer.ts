import type { SequencedEvent } from "#lib/api/events.ts";
import { PendingRows } from "./merge.ts";

/**
 * Lets the first event through at once and merges what follows within the window, so that a person sees a change without delay
 * and a storm of changes costs a few messages a second. Changes of the connection never wait, and the order is kept.
 */
export class Coalescer {
  readonly #emit: (event: SequencedEvent) => void;
  readonly #window: number;
  readonly #pending = new PendingRows();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(emit: (event: SequencedEvent) => void, window = 100) {
    this.#emit = emit;
    this.#window = window;
  }

  push(event: SequencedEvent): void {
    if (event.type === "connection") {
      this.#flush();
      this.#emit(event);
      return;
    }
    if (this.#timer === undefined) {
      this.#emit(event);
      this.#open();
      return;
    }
    this.#pending.add(event);
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
