import { availableParallelism } from "node:os";
import type { DesiredState } from "#server/desired/desired-state.ts";
import { nextTurn } from "#server/tools/next-turn.ts";

/** What a queue works with. */
export interface DesiredQueueOptions {
  /** Loads the desired state of a unit; expected faults are in its `error`. */
  readonly load: (unit: string, signal: AbortSignal) => Promise<DesiredState | undefined>;
  readonly onLoaded: (unit: string, state: DesiredState) => void;
  /** Loads that take their time: they wait until no other is left. */
  readonly isSlow?: (unit: string) => boolean;
  /** How many at a time. Builds are programs that use a core each: unless told, one core is left to those who wait for an answer. */
  readonly concurrency?: number;
  /** Milliseconds until a load that failed is tried again; doubles with each failure, up to 16 times. */
  readonly retryAfter?: number;
}

const spareCores = Math.min(4, Math.max(1, availableParallelism() - 1));

interface Entry {
  state?: DesiredState;
  /** Key that is being loaded or waits for it. */
  wanted?: string;
  failures: number;
  retry?: NodeJS.Timeout;
}

/** Loads desired states with bounded concurrency, keeps the last of each unit, and tries failures again. */
export class DesiredQueue {
  readonly #options: DesiredQueueOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #waiting = { quick: new Set<string>(), slow: new Set<string>() };
  readonly #abort = new AbortController();
  #running = 0;
  #started = false;

  constructor(options: DesiredQueueOptions) {
    this.#options = options;
  }

  /** Begins to load what is wanted, and goes on with what comes. */
  start(): void {
    this.#started = true;
    this.#fill();
  }

  /** What was loaded last, possibly of an older key. */
  get(unit: string): DesiredState | undefined {
    return this.#entries.get(unit)?.state;
  }

  /** Sees to it that the desired state of this key is loaded. */
  want(unit: string, key: string): void {
    const entry = this.#entries.get(unit) ?? { failures: 0 };
    this.#entries.set(unit, entry);
    if (entry.wanted === key || (entry.wanted === undefined && entry.state?.key === key)) return;
    clearTimeout(entry.retry);
    entry.failures = 0;
    entry.wanted = key;
    this.#waitingWith(unit).add(unit);
    this.#fill();
  }

  /** Forgets a unit. */
  delete(unit: string): void {
    clearTimeout(this.#entries.get(unit)?.retry);
    this.#entries.delete(unit);
    this.#waitingWith(unit).delete(unit);
  }

  /** Stops everything that is under way. */
  close(): void {
    this.#abort.abort();
    for (const unit of this.#entries.keys()) this.delete(unit);
  }

  #waitingWith(unit: string): Set<string> {
    return this.#options.isSlow?.(unit) === true ? this.#waiting.slow : this.#waiting.quick;
  }

  #fill(): void {
    if (!this.#started) return;
    while (this.#running < (this.#options.concurrency ?? spareCores)) {
      const [unit] = this.#waiting.quick.size > 0 ? this.#waiting.quick : this.#waiting.slow;
      if (unit === undefined || this.#abort.signal.aborted) return;
      this.#waitingWith(unit).delete(unit);
      this.#running += 1;
      void this.#run(unit).finally(() => {
        this.#running -= 1;
        this.#fill();
      });
    }
  }

  async #run(unit: string): Promise<void> {
    // Much is loaded from what is known already: a thousand of these would be one long turn.
    await nextTurn();
    const entry = this.#entries.get(unit);
    const wanted = entry?.wanted;
    if (!entry || wanted === undefined) return;
    const state = await this.#options
      .load(unit, this.#abort.signal)
      .catch((error: unknown) => failed(wanted, error instanceof Error ? error.message : String(error)));
    if (this.#abort.signal.aborted || this.#entries.get(unit) !== entry) return;
    if (entry.wanted !== wanted) return void this.#waitingWith(unit).add(unit);
    delete entry.wanted;
    if (!state) return;
    entry.state = state.key === wanted ? state : { ...state, key: wanted };
    entry.failures = state.error === undefined ? 0 : entry.failures + 1;
    if (state.error !== undefined) this.#retryLater(unit, entry, wanted);
    this.#options.onLoaded(unit, entry.state);
  }

  #retryLater(unit: string, entry: Entry, key: string): void {
    const delay = (this.#options.retryAfter ?? 20_000) * 2 ** Math.min(entry.failures - 1, 4);
    entry.retry = setTimeout(() => {
      if (this.#entries.get(unit) !== entry || entry.wanted !== undefined) return;
      entry.wanted = key;
      this.#waitingWith(unit).add(unit);
      this.#fill();
    }, delay);
    entry.retry.unref();
  }
}

function failed(key: string, message: string): DesiredState {
  return { key, objects: [], exactness: "local", error: message };
}
