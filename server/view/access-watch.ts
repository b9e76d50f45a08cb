import type { AccessRules } from "#server/kube/access-rules.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import { KubeError } from "#server/kube/client.ts";

/** What an access watch works with. */
export interface AccessWatchOptions {
  readonly rules: (namespaces: readonly string[]) => Promise<AccessRules>;
  readonly review: ClusterAccess["review"];
  /** Namespaces whose own rules count besides those for all namespaces. */
  readonly namespaces: readonly string[];
  /** What this person may do is (or may be) otherwise than before: ask again what depends on it. */
  readonly onChange: (review: ClusterAccess["review"]) => Promise<void>;
  /** The credentials have stopped working. */
  readonly onUnauthenticated: (message: string) => void;
}

/** Rules of cluster role bindings hold in every namespace, there or not. */
const anyNamespace = "default";

/**
 * Notices that a person's rights change. The API server goes on sending a watch that has begun to somebody who may not read any more (GO-2024-3006), and it
 * tells nobody that they may read more now. One question for each namespace tells the rules; only when they differ, or where the cluster can't
 * tell them all, everything that is watched is asked about.
 */
export class AccessWatch {
  readonly #options: AccessWatchOptions;
  #known: string | undefined;
  #refusals = 0;
  #asking: Promise<void> | undefined;

  constructor(options: AccessWatchOptions) {
    this.#options = options;
  }

  /** Looks once; a look that is under way serves all who ask. Never rejects. */
  look(): Promise<void> {
    this.#asking ??= this.#look().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #look(): Promise<void> {
    const { rules: ask, review, namespaces, onChange, onUnauthenticated } = this.#options;
    try {
      const rules = await ask([...new Set([anyNamespace, ...namespaces])]);
      const first = this.#known === undefined;
      const same = this.#known === rules.digest;
      if (!first && (!same || !rules.complete)) await onChange(review);
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
