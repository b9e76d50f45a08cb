import { conditionsOf as rawConditionsOf, type Fields, fields, text } from "./health/fields.ts";

/** A status condition as Kubernetes writes it, narrowed. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly observedGeneration?: number;
}

/** The conditions of an object's status in the order in which they stand; what isn't a condition is left out. */
export function conditionsOf(object: Fields): Condition[] {
  const conditions: Condition[] = [];
  for (const entry of rawConditionsOf(object)) {
    const condition = fields(entry);
    const type = text(condition["type"]);
    if (type === "") continue;
    const reason = text(condition["reason"]);
    const message = text(condition["message"]);
    const since = text(condition["lastTransitionTime"]);
    const generation = condition["observedGeneration"];
    conditions.push({
      type,
      status: text(condition["status"]) || "Unknown",
      ...(reason !== "" && { reason }),
      ...(message !== "" && { message }),
      ...(since !== "" && { lastTransitionTime: since }),
      ...(typeof generation === "number" && { observedGeneration: generation }),
    });
  }
  return conditions;
}

/** The first condition of this type. */
export function findCondition(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** Whether there is a condition of this type with status True. */
export function isTrue(conditions: readonly Condition[], type: string): boolean {
  return findCondition(conditions, type)?.status === "True";
}
