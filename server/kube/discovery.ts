import type { ApiResource } from "./api-resource.ts";
import type { GroupKind } from "./store.ts";

/** The kinds that a cluster serves. Synchronous once `refresh` has resolved for the first time. */
export interface Discovery {
  /** The kind in its preferred version; undefined when the cluster does not serve it. */
  resolve(kind: GroupKind): ApiResource | undefined;
  /** All kinds, each in its preferred version. */
  all(): readonly ApiResource[];
  /**
   * Asks the API server again; cheap when nothing changed (ETag). Groups whose aggregated API server is down keep what was known
   * of them. @throws KubeError when the API server can't be asked at all.
   */
  refresh(): Promise<void>;
  /** Called after a refresh that found a difference. Returns the unsubscriber. */
  onChange(listener: () => void): () => void;
}
