import type { DriftStatus, Engine, SyncStatus } from "#lib/model/application.ts";
import type { HealthStatus } from "#lib/model/health-status.ts";

/** One application of the scenario and what a person must see of it. */
export interface ExpectedApplication {
  readonly engine: Engine;
  readonly namespace: string;
  readonly name: string;
  readonly health: HealthStatus;
  readonly sync: SyncStatus;
  readonly drift: ExpectedDrift;
  readonly suspended: boolean;
  /** Part of what explains the state, in the engine's own words. Absent where all is well. */
  readonly reason?: string;
  /** Newest Helm revision and its status, for releases of `helm` itself and of HelmReleases. */
  readonly release?: { readonly revision: number; readonly status: string };
  /** Known entries of its history: Argo CD's, Flux's or the workload's revisions. */
  readonly history?: number;
  /** What the application is in the scenario for. */
  readonly about: string;
}

/** Drift, and for `Drifted` the one thing that differs. */
export type ExpectedDrift =
  | { readonly status: Exclude<DriftStatus, "Drifted"> }
  | {
      readonly status: "Drifted";
      readonly kind: string;
      readonly namespace: string;
      readonly name: string;
      /** Path of the field that was changed; absent where the whole object was deleted. */
      readonly field?: string;
      /** The live value there; a Secret's value is that of `stringData`. */
      readonly live?: string;
      readonly desired?: string;
      /** Field manager of whoever changed it. */
      readonly manager?: string;
    };

/** No drift. */
export const noDrift = { status: "None" } as const;

/** An application with which all is well. */
export const well = { health: "Healthy", sync: "Synced", drift: noDrift, suspended: false } as const;
