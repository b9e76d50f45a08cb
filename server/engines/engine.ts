import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Application, ApplicationRef, Engine } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { GroupKind, StoredObject, StoreReader } from "#server/kube/store.ts";

/** A kind that an engine needs watched. */
export interface WatchedKind extends GroupKind {
  /** `metadata` lists PartialObjectMetadata only: for Helm's release Secrets and ConfigMaps. */
  readonly depth: "full" | "metadata";
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** One resource that an engine says it applied. */
export interface InventoryItem {
  readonly ref: ResourceRef;
  /** The engine's own sync word, where it has one (Argo CD). */
  readonly sync?: Application["sync"]["status"];
  readonly hook?: boolean;
  /** Left out of the health roll-up (hooks, `argocd.argoproj.io/ignore-healthcheck`). */
  readonly ignoreHealth?: boolean;
  /** It lives in another cluster (`spec.kubeConfig`, a foreign destination): it can't be looked up here and is never Missing. */
  readonly remote?: boolean;
  /** The engine's own health word for it, used where the live object can't be read. */
  readonly health?: { readonly status: HealthStatus; readonly message?: string };
}

/** What reading a unit yields. */
export interface Reading {
  /** The row. `drift` is what the engine itself says, or Unknown with count 0; the view merges Driftglass's own verdict. */
  readonly application: Application;
  readonly inventory: readonly InventoryItem[];
  /** Keys of further objects whose change must re-read this unit (sources, dependencies, values). */
  readonly dependsOn: readonly string[];
  /**
   * Names the desired state that belongs to this reading: revision, spec and substitution inputs. When it changes, desired state is loaded anew.
   * Absent when none can be loaded; `desiredMissing` then says why.
   */
  readonly desiredKey?: string;
  readonly desiredMissing?: string;
}

/** What `read` may look at besides the unit. */
export interface ReadContext {
  readonly cluster: string;
  readonly store: StoreReader;
  /** Desired state that was loaded for this unit, possibly of an older `desiredKey`. */
  readonly desired: DesiredState | undefined;
  /** The time, RFC 3339 at minute granularity, for verdicts such as "stuck since"; without it such verdicts are not made. */
  readonly now?: string;
}

/** The pure half of an engine: objects in, verdicts out; no I/O, no clock. */
export interface EngineReader {
  readonly engine: Engine;
  /** Kinds that define units or feed their verdicts; workloads and other resources are watched by the view itself. */
  readonly watches: readonly WatchedKind[];
  /**
   * The units that this object defines or belongs to by its own metadata (the object may just have been deleted).
   * With a store, an ApplySet's members are found under the name of its parent object as well.
   */
  unitsOf(object: StoredObject, store?: StoreReader): readonly ApplicationRef[];
  /** Undefined when the unit does not exist (any more). */
  read(unit: ApplicationRef, context: ReadContext): Reading | undefined;
  /** Conditions and facts for the application page. */
  detail(
    unit: ApplicationRef,
    context: ReadContext,
  ): Pick<ApplicationDetail, "conditions" | "facts" | "notes" | "argocd">;
  /** History as far as the watched objects tell it; newest first. Engines whose history is elsewhere (Helm) return undefined here. */
  history(unit: ApplicationRef, context: ReadContext): readonly Revision[] | undefined;
}
