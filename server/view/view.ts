import type { ApplicationDetail, History } from "#lib/api/application-contract.ts";
import type { Connection, Limit } from "#lib/api/connection-contract.ts";
import type { Diff } from "#lib/api/diff-contract.ts";
import type { ClusterEvent } from "#lib/api/events.ts";
import type { Application, ApplicationRef } from "#lib/model/application.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { DriftVerdict } from "#server/drift/verdict.ts";
import type { UnitState } from "#server/drift/unit-state.ts";
import type { Reading } from "#server/engines/engine.ts";
import type { ClusterAccess } from "#server/kube/access.ts";
import type { KubeClient } from "#server/kube/client.ts";
import type { Discovery } from "#server/kube/discovery.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { StoreReader } from "#server/kube/store.ts";

/**
 * What one person sees of one cluster: the reflectors and everything derived from them. Sessions with the same identity
 * share one; it closes when the last session has gone.
 */
export interface ClusterView {
  readonly cluster: string;
  readonly identity: Identity;
  /** New for each view, so that sequences of two views are never compared. */
  readonly instance: string;
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly access: ClusterAccess;
  readonly store: StoreReader;

  /** All rows, unsorted, with the number of the last event that they include. */
  snapshot(): { items: Application[]; sequence: number };
  connection(): Connection;
  limits(): Limit[];
  /** True once every kind has been listed or refused. */
  ready(): boolean;

  /** What is known of one unit; undefined when there is none (or none that this person may see). */
  reading(unit: ApplicationRef): Reading | undefined;
  application(unit: ApplicationRef): Application | undefined;
  /** Desired state as loaded last; undefined while it is being loaded. */
  desired(unit: ApplicationRef): DesiredState | undefined;
  detail(unit: ApplicationRef): Omit<ApplicationDetail, "permissions"> | undefined;
  resources(unit: ApplicationRef): ResourceNode[] | undefined;
  history(unit: ApplicationRef): Promise<History | undefined>;
  /** Desired → live, object by object. `fresh` asks the cluster anew. */
  drift(unit: ApplicationRef, options?: { fresh?: boolean }): Promise<Diff | undefined>;
  /** What the drift tracker found, without asking the cluster; undefined before the first comparison. */
  driftVerdict(unit: ApplicationRef): DriftVerdict | undefined;
  /** `from` and `to` are revision ids, `desired` or `live`. @throws ApiError 422 for ids that are not known. */
  diff(unit: ApplicationRef, from: string, to: string): Promise<Diff | undefined>;
  /** What a unit consists of at a revision, as `desired` or `live`. @throws ApiError 422 for ids that are not known. */
  state(unit: ApplicationRef, id: string): Promise<UnitState | undefined>;

  /** Events from now on, in order, never blocking. Returns the unsubscriber. */
  subscribe(listener: (event: ClusterEvent) => void): () => void;
  /** Resolves when the view's credentials have stopped working (401). */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}
