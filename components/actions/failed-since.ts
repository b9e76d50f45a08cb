import type { Operation } from "#lib/model/application.ts";
import type { Requested } from "./requested.ts";

/**
 * Whether what was requested has failed: the application's operation says so, and is of that kind or another than the one before. Times are not compared: those
 * of the request are this browser's, those of the operation the cluster's, and the two clocks may differ by minutes.
 */
export function failedSince(
  { action, operation: before }: Pick<Requested, "action" | "operation">,
  operation: Operation | undefined,
): boolean {
  if (operation?.phase !== "Failed") return false;
  return operation.kind === action || JSON.stringify(operation) !== JSON.stringify(before);
}
