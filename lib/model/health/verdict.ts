import type { HealthStatus } from "../health-status.ts";
import { type Condition, text } from "./fields.ts";

/** How an object is: a word, and where known why (a CamelCase reason) and what that means (a sentence). */
export type Health = { status: HealthStatus; reason?: string; message?: string };

/** Judges one object; undefined leaves it to the general rules. */
export type Rule<Judged> = (object: Judged) => Health | undefined;

/** The message where a controller has said nothing yet. */
export const waiting = "Waiting for the controller to report a status";

/** A verdict; empty reasons and messages are left out. */
export function verdict(status: HealthStatus, reason = "", message = ""): Health {
  const health: Health = { status };
  if (reason !== "") health.reason = reason;
  if (message !== "") health.message = message;
  return health;
}

/** A verdict in the words of the condition that it rests on. */
export function because(status: HealthStatus, condition: Condition | undefined): Health {
  if (condition === undefined) return verdict(status);
  return verdict(status, text(condition["reason"]), text(condition["message"]));
}
