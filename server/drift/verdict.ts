import type { Application, Exactness, FieldChange } from "#lib/model/application.ts";
import type { Change } from "#lib/model/diff-object.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";

/** How one object stands, desired → live: `removed` is desired but missing, `added` is live but would be pruned. */
export interface ObjectVerdict {
  readonly ref: ResourceRef;
  readonly change: Change;
  readonly fields: readonly FieldChange[];
  readonly exactness: Exactness;
  /** What limits or explains it: "skipped: ssa: ignore", "needs patch on deployments.apps in shop"… */
  readonly note?: string;
}

/** How one unit stands: what the row shows, and each object by `resourceKey`. */
export interface DriftVerdict {
  readonly status: Application["drift"]["status"];
  readonly count: number;
  readonly checkedAt: string;
  readonly exactness?: Exactness;
  readonly message?: string;
  readonly top?: FieldChange & { readonly ref: ResourceRef };
  /** The objects of which there is something to say. */
  readonly objects: ReadonlyMap<string, ObjectVerdict>;
  /** The others, which are nearly all in a fleet at rest: live is as desired, as far as comparing here can tell. */
  readonly equal: readonly string[];
}
