import type { KubeClient } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { Masker } from "#server/kube/redaction/masker.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { Tools } from "#server/tools/tools.ts";

/**
 * What loading and comparing may use, all of one person in one cluster. Caches hang on this object (by WeakMap), so that
 * nothing is shared between identities but what each of them has read (docs/decisions/0010-shared-results.md).
 */
export interface EngineIo {
  readonly client: KubeClient;
  readonly masker: Masker;
  readonly discovery: Discovery;
  readonly store: StoreReader;
  readonly tools: Tools;
  /** `host:port` pairs from which Flux artifacts may be fetched directly; all others go through the API server's service proxy. */
  readonly artifactHosts: readonly string[];
  /** Whether nobody waits for what is loaded: programs that are run for it leave the machine to those who do. */
  readonly background?: boolean;
}
