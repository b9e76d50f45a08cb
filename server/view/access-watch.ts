import type { AccessRules } from "#server/kube/access-rules.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import { KubeError } from "#server/kube/client.ts";

/** What an access watch works with. */
export interface AccessWatchOptions {
  readonly rules: (namespaces: readonly string[]) => Promise<AccessRules>;
  readonly review: ClusterAccess["review"];
  /** Namespaces whose own rules count besides those for all namespaces. */
  readonly namespaces: readonly string[];
  readonly watches: {
    /** Whether more may be allowed one day: who sees everything can only lose rights, which the watches tell. */
    readonly limited: boolean;
    /** Whether they are so many that they begin anew too rarely to tell in time. */
    readonly slow: boolean;
  };
  /** What this person may do is (or may be) otherwise than before: ask again what depends on it. */
  readonly onChange: (review: ClusterAccess["review"]) => Promise<void>;
  /** The credentials have stopped working. */
  readonly onUnauthenticated: (message: string) => void;
}

/** Rules of cluster role bindings hold in every namespace, there or not. */
const anyNamespace = "default";

/**
 * Milliseconds between looks: where rights may be gained; where watches are slow to tell of lost ones, and more with many namespaces; and at least after a look
 * before a refusal leads to another.
 */
const times = { usual: 30_000, often: 6_000, perNamespace: 500, afterRefusal: 2_000 };

/**
 * Notices that a person's rights change. The API server goes on sending a watch that has begun to somebody who may not read any more (GO-2024-3006), and it
 * tells nobody that they may read more now. One question for each namespace tells the rules; only when they differ, or where the cluster can't
 * tell them all, everything that is watched is asked about.
 */
export class AccessWatch {
  readonly #options: AccessWatchOptions;
  #interval: NodeJS.Timeout | undefined;
  #known: string | undefined;
  #refusals = 0;
  #asking: Promise<void> | undefined;
  #suspected: NodeJS.Timeout | undefined;
  #lookedAt = -Infinity;
  #thoroughAt = 0;

  constructor(options: AccessWatchOptions) {
    this.#options = options;
  }

  /** Looks now, and from time to time as far as that is needed, until the end. */
  start(): void {
    void this.look();
    const interval = Math.max(times.often, this.#options.namespaces.length * times.perNamespace);
    this.#interval = setInterval(() => this.#tick(), interval);
    this.#interval.unref();
  }

  close(): void {
    clearInterval(this.#interval);
    clearTimeout(this.#suspected);
  }

  /** Something was refused that could be allowed before: looks soon, though not for each refusal of many. */
  suspect(): void {
    if (this.#suspected) return;
    const begin = async (): Promise<void> => {
      // A look that had begun before may not have seen it.
      await this.#asking;
      this.#suspected = undefined;
      await this.look();
    };
    const wait = Math.max(0, this.#lookedAt + times.afterRefusal - performance.now());
    this.#suspected = setTimeout(() => void begin(), wait);
    this.#suspected.unref();
  }

  /** Looks once; a look that is under way serves all who ask. Never rejects. @param thorough asks about everything, too, where the cluster can't tell its rules */
  look({ thorough = true }: { thorough?: boolean } = {}): Promise<void> {
    if (thorough) this.#thoroughAt = performance.now();
    this.#asking ??= this.#look(thorough).finally(() => {
      this.#asking = undefined;
      this.#lookedAt = performance.now();
    });
    return this.#asking;
  }

  #tick(): void {
    const { limited, slow } = this.#options.watches;
    if (!limited) return;
    if (performance.now() - this.#thoroughAt >= times.usual) void this.look();
    else if (slow) void this.look({ thorough: false });
  }

  async #look(thorough: boolean): Promise<void> {
    const { rules: ask, review, namespaces, onChange, onUnauthenticated } = this.#options;
    try {
      const rules = await ask([...new Set([anyNamespace, ...namespaces])]);
      const first = this.#known === undefined;
      const same = this.#known === rules.digest;
      if (!first && (!same || (thorough && !rules.complete))) await onChange(review);
      // Only now: a review that failed is made again.
      this.#known = rules.digest;
      this.#refusals = 0;
    } catch (fault) {
      // Whoever can't be asked now is asked again; the reflectors say that the cluster is out of reach.
      if (!(fault instanceof KubeError) || fault.status !== 401) return;
      // An API server that has just started gives 401 until it has read its accounts.
      this.#refusals += 1;
      if (this.#refusals > 1) onUnauthenticated(fault.message);
    }
  }
}
