import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds: that opening a page takes at most, as a rule; that pages keep what is done beside them from going on, and that it then goes on whoever comes. */
const times = { page: 1_000, longest: 5_000, free: 5_000 };

/** Knows when somebody opens a page, so that what nobody waits for can let them go first. */
export class Visits {
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  #last = -Infinity;
  #freeUntil = -Infinity;

  constructor(now: () => number = () => performance.now(), wait: (milliseconds: number) => Promise<unknown> = sleep) {
    this.#now = now;
    this.#sleep = wait;
  }

  /** Somebody has asked for a page, or for what it needs first. */
  noticed(): void {
    this.#last = this.#now();
  }

  /** Resolves when nobody has opened a page for a second. Where pages are opened all the time, who asks goes on for half of it. */
  async over(): Promise<void> {
    const deadline = this.#now() + times.longest;
    while (this.#now() >= this.#freeUntil) {
      const left = Math.min(this.#last + times.page, deadline) - this.#now();
      if (left <= 0) {
        if (this.#now() >= deadline) this.#freeUntil = this.#now() + times.free;
        return;
      }
      await this.#sleep(left);
    }
  }
}
