import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Action } from "#lib/model/action.ts";

/** Why an action can't be taken, in words; undefined when it can. An action that the engine lacks says so. */
export function permissionOf(detail: ApplicationDetail, action: Action): string | undefined {
  const permission = detail.permissions.find((each) => each.action === action);
  if (permission === undefined) return "There is no such action for this engine";
  return permission.allowed ? undefined : (permission.reason ?? "You may not do this");
}

/** Whether the engine has the action at all, so that its button makes sense. */
export function offers(detail: ApplicationDetail, action: Action): boolean {
  return detail.permissions.some((each) => each.action === action);
}
