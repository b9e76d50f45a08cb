import { KubeError } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";

/** Whom a discovery of kinds tells. */
export interface KindDiscoveryOptions {
  readonly discovery: Pick<Discovery, "refresh">;
  /** The kinds are known for the first time. */
  readonly onKnown: () => void;
  /** They can't be asked for, and were never known. */
  readonly onLost: (message: string) => void;
}

/** Milliseconds after a change of the definitions at which is asked: the API server serves a new one some time after it has told of it. */
const after = [500, 1_500, 3_000, 10_000];

/** Finds out which kinds a cluster serves: until it is told, and again when that may have changed. */
export class KindDiscovery {
  readonly #options: KindDiscoveryOptions;
  #timer: NodeJS.Timeout | undefined;
  #later: readonly number[] = [];
  #known = false;
  #closed = false;

  constructor(options: KindDiscoveryOptions) {
    this.#options = options;
  }

  /** Asks now. Never rejects. */
  async ask(): Promise<void> {
    try {
      await this.#options.discovery.refresh();
    } catch (error) {
      if (this.#known || this.#closed) return;
      // As long as nobody has said which kinds there are, nothing may be called absent, and an empty list is no answer.
      this.#options.onLost(
        error instanceof KubeError ? error.message : "The cluster can't be asked which kinds it has.",
      );
      this.#askIn(2_000);
      return;
    }
    if (this.#known || this.#closed) return;
    this.#known = true;
    this.#options.onKnown();
  }

  /** The definitions have changed: asks in a moment, and a few times more. */
  changed(): void {
    this.#later = after;
    this.#askNext();
  }

  #askNext(): void {
    const [delay, ...later] = this.#later;
    if (this.#timer || delay === undefined || this.#closed) return;
    this.#later = later;
    this.#askIn(delay);
  }

  #askIn(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.ask().then(() => this.#askNext());
    }, delay);
    this.#timer.unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
