import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds: between questions; and for which a replica that was silent is asked at once by whoever comes next. */
const usual = { patience: 3_000, distrust: 30_000 };

/**
 * Notices that a replica hangs while something waits for it: an answer, or more of a stream that has begun and may be silent for long. It is asked one question at a
 * time, however much waits, and counts as gone when it leaves two of them unanswered.
 */
export class Pulse {
  readonly #isAlive: (home: string) => Promise<boolean>;
  readonly #times: typeof usual;
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #silentAt = new Map<string, number>();

  constructor(isAlive: (home: string) => Promise<boolean>, times = usual) {
    this.#isAlive = isAlive;
    this.#times = times;
  }

  /** Calls back, once, when the replica is gone. Returns what ends the wait. */
  watch(home: string, onGone: () => void): () => void {
    const known = this.#waiting.get(home);
    const waiting = known ?? new Set();
    waiting.add(onGone);
    if (!known) {
      this.#waiting.set(home, waiting);
      void this.#ask(home, waiting);
    }
    return () => void waiting.delete(onGone);
  }

  async #ask(home: string, waiting: Set<() => void>): Promise<void> {
    const distrusted = performance.now() - (this.#silentAt.get(home) ?? -Infinity) < this.#times.distrust;
    if (!distrusted) await this.#pause();
    while (waiting.size > 0) {
      const alive = (await this.#isAlive(home)) || (await this.#isAlive(home));
      if (alive) this.#silentAt.delete(home);
      else {
        this.#silentAt.set(home, performance.now());
        break;
      }
      await this.#pause();
    }
    this.#waiting.delete(home);
    for (const onGone of waiting) onGone();
  }

  async #pause(): Promise<void> {
    await sleep(this.#times.patience, undefined, { ref: false });
  }
}
