import type { Action } from "#lib/model/action.ts";
import type { ResourceAction } from "#lib/model/resource-action.ts";
import { applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import type { Identity } from "#server/kube/identity.ts";
import type { Outcome } from "./action-handler.ts";

/** One line of the audit log. */
export interface AuditEntry {
  readonly time: string;
  readonly event: "action";
  readonly who: string;
  readonly cluster: string;
  readonly unit: string;
  readonly action: Action | ResourceAction;
  readonly result: "accepted" | "refused" | "failed";
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly message: string;
}

/** Who did what to what. Previews are not audited: they change nothing. */
export function auditEntry(
  subject: {
    time: string;
    actor: Identity;
    cluster: string;
    unit: ApplicationRef;
    action: Action;
    reason?: string | undefined;
  },
  result: AuditEntry["result"],
  outcome: Pick<Outcome, "message" | "from" | "to">,
): AuditEntry {
  const { time, actor, cluster, unit, action, reason } = subject;
  return {
    time,
    event: "action",
    who: actor.username,
    cluster,
    unit: applicationKey(unit),
    action,
    result,
    ...(outcome.from !== undefined && { from: outcome.from }),
    ...(outcome.to !== undefined && { to: outcome.to }),
    ...(reason !== undefined && reason !== "" && { reason }),
    message: outcome.message,
  };
}
