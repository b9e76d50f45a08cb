import { holdAnnotation } from "#lib/model/annotations.ts";
import type { Patch } from "../object-io.ts";
import { type Hold, writeHold } from "../hold.ts";

/** Asks a Flux controller to reconcile now. */
export const requestedAt = "reconcile.fluxcd.io/requestedAt";
const forceAt = "reconcile.fluxcd.io/forceAt";
const resetAt = "reconcile.fluxcd.io/resetAt";

/** What a reconcile request may ask of a HelmRelease besides. */
export interface ReconcileOptions {
  /** One install or upgrade even if nothing has changed. */
  readonly force?: boolean;
  /** Forget the failures, so that remediation starts counting anew. */
  readonly reset?: boolean;
}

/** An annotation value that differs from every earlier one: RFC 3339 with nanoseconds, as `flux reconcile` writes it. */
export function requestTime(now: string, sequence: number): string {
  const nanoseconds = String(sequence % 1_000_000).padStart(6, "0");
  return new Date(now).toISOString().replace("Z", `${nanoseconds}Z`);
}

/**
 * A request to reconcile. Force and reset carry the same value as the request itself, or the controller ignores them
 * (helm-controller `api/v2/annotations.go`).
 */
export function reconcilePatch(time: string, { force = false, reset = false }: ReconcileOptions = {}): Patch {
  return annotate({ [requestedAt]: time, ...(force && { [forceAt]: time }), ...(reset && { [resetAt]: time }) });
}

/** Stops reconciliation. */
export function suspendPatch(): Patch {
  return { type: "merge", body: { spec: { suspend: true } } };
}

/** Starts reconciliation again and asks for one at once; a hold ends with it. The field goes, as with `flux resume`, so that the spec is as it was before. */
export function resumePatch(time: string): Patch {
  return {
    type: "merge",
    body: { metadata: { annotations: { [requestedAt]: time, [holdAnnotation]: null } }, spec: { suspend: null } },
  };
}

/**
 * Suspends and says that an earlier revision is kept: in one patch, so that neither is ever there without the other.
 * @param resourceVersion of the object that it is made from, whose changes since then refuse it
 */
export function holdPatch(hold: Hold, resourceVersion?: string): Patch {
  return {
    type: "merge",
    body: {
      metadata: {
        ...(resourceVersion !== undefined && { resourceVersion }),
        annotations: { [holdAnnotation]: writeHold(hold) },
      },
      spec: { suspend: true },
    },
  };
}

/** Takes {@link holdPatch} back after a rollback that failed: as it was before. */
export function undoHoldPatch(previous: string | undefined, suspended: boolean): Patch {
  return {
    type: "merge",
    body: {
      metadata: { annotations: { [holdAnnotation]: previous ?? null } },
      spec: { suspend: suspended ? true : null },
    },
  };
}

function annotate(annotations: Readonly<Record<string, string>>): Patch {
  return { type: "merge", body: { metadata: { annotations } } };
}
