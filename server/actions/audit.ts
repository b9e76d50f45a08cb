import type { Action } from "#lib/model/action.ts";
import type { ResourceAction } from "#lib/model/resource-action.ts";

/** One line of the audit log. */
export interface AuditEntry {
  readonly time: string;
  readonly event: "action";
  readonly who: string;
  readonly cluster: string;
  readonly unit: string;
  /** The controller of an object, as the object itself in `unit`: who it belonged to is known when it is gone, too. */
  readonly owner?: string;
  readonly action: Action | ResourceAction;
  readonly result: "accepted" | "refused" | "failed";
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly message: string;
}
