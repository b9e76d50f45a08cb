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

/** Finds out which kinds a cluster serves: until it is told, and again when that may have changed. */
export class KindDiscovery {
  readonly #options: KindDiscoveryOptions;
  #timer: NodeJS.Timeout | undefined;
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
      this.soon(2_000);
      return;
    }
    if (this.#known || this.#closed) return;
    this.#known = true;
    this.#options.onKnown();
  }

  /** Asks in a moment: a new definition is served a little after it is accepted. */
  soon(delay = 500): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.ask();
    }, delay);
    this.#timer.unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
