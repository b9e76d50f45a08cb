import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds: that opening a page takes at most, as a rule; that nobody's page keeps what is done beside it from going on. */
const times = { page: 1_000, longest: 5_000 };

/** Knows when somebody opens a page, so that what nobody waits for can let them go first. */
export class Visits {
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  #last = -Infinity;

  constructor(now: () => number = () => performance.now(), wait: (milliseconds: number) => Promise<unknown> = sleep) {
    this.#now = now;
    this.#sleep = wait;
  }

  /** Somebody has asked for a page, or for what it needs first. */
  noticed(): void {
    this.#last = this.#now();
  }

  /** Resolves when nobody has opened a page for a second, or after five seconds. */
  async over(): Promise<void> {
    const deadline = this.#now() + times.longest;
    for (;;) {
      const until = Math.min(this.#last + times.page, deadline);
      const left = until - this.#now();
      if (left <= 0) return;
      await this.#sleep(left);
    }
  }
}
