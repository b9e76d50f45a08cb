import { createBackoff } from "#server/kube/backoff.ts";
import { KubeError } from "#server/kube/client.ts";
import { systemClock } from "#server/kube/clock.ts";
import type { Discovery } from "#server/kube/discovery.ts";

/** Whom a discovery of kinds tells. */
export interface KindDiscoveryOptions {
  readonly discovery: Pick<Discovery, "refresh">;
  /** Names of the definitions that are known to stand in the cluster. */
  readonly defined: () => Iterable<string>;
  /** The kinds are known for the first time. */
  readonly onKnown: () => void;
  /** They can't be asked for, and were never known. */
  readonly onLost: (message: string) => void;
}

interface NextQuestion {
  /** In milliseconds since 1970. */ readonly at: number;
  /** Aborted when an earlier one takes its place. */ readonly superseded: AbortController;
}

/** Milliseconds after a change of the definitions at which is asked: the API server serves a new one some time after it has told of it. */
const after = [500, 1_500, 3_000, 10_000];

/** Finds out which kinds a cluster serves: until it is told of all that are defined, and again when that may have changed. */
export class KindDiscovery {
  readonly #options: KindDiscoveryOptions;
  /** Between questions to an API server that does not serve all that is defined, or can't be asked. */
  readonly #backoff = createBackoff(Math.random, 2_000, 30_000);
  readonly #closed = new AbortController();
  #next: NextQuestion | undefined;
  #later: readonly number[] = [];
  #known = false;

  constructor(options: KindDiscoveryOptions) {
    this.#options = options;
  }

  /** Asks now. Never rejects. */
  async ask(): Promise<void> {
    const { discovery, defined, onKnown, onLost } = this.#options;
    try {
      if (await discovery.refresh(defined())) this.#backoff.reset();
      // It has started a moment ago, or can't serve one of them: nothing else would tell that it does.
      else this.#askIn(this.#backoff.next());
    } catch (error) {
      if (!this.#known && !this.#closed.signal.aborted) {
        // As long as nobody has said which kinds there are, nothing may be called absent, and an empty list is no answer.
        onLost(error instanceof KubeError ? error.message : "The cluster can't be asked which kinds it has.");
      }
      this.#askIn(this.#known ? this.#backoff.next() : 2_000);
      return;
    }
    if (this.#known || this.#closed.signal.aborted) return;
    this.#known = true;
    onKnown();
  }

  /** The definitions have changed: asks in a moment, and a few times more. */
  changed(): void {
    this.#later = after;
    this.#askNext();
  }

  #askNext(): void {
    const [delay, ...later] = this.#later;
    if (delay === undefined) return;
    this.#later = later;
    this.#askIn(delay);
  }

  /** Asks in so many milliseconds, or earlier when that is due anyway. */
  #askIn(delay: number): void {
    const at = systemClock.now() + delay;
    if (this.#closed.signal.aborted || (this.#next && this.#next.at <= at)) return;
    this.#next?.superseded.abort();
    const next = { at, superseded: new AbortController() };
    this.#next = next;
    void this.#askAfter(delay, next);
  }

  async #askAfter(delay: number, next: NextQuestion): Promise<void> {
    await systemClock.wait(delay, AbortSignal.any([this.#closed.signal, next.superseded.signal]));
    if (this.#closed.signal.aborted || this.#next !== next) return;
    this.#next = undefined;
    await this.ask();
    this.#askNext();
  }

  close(): void {
    this.#closed.abort();
  }
}
