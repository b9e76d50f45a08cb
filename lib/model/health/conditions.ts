import type { HealthStatus } from "../health-status.ts";
import { type Condition, conditionsOf, type Fields, fields, findCondition, list, text } from "./fields.ts";
import { because, type Health, verdict } from "./verdict.ts";
import { wordVerdict } from "./words.ts";

const failures: ReadonlySet<string> = new Set([
  "Stalled",
  "Degraded",
  "ErrorOccurred",
  "HasErrors",
  "NotReady",
  "Invalid",
  "InvalidSpec",
  "Unhealthy",
]);
const failureEnds = ["Failed", "Failure", "Error"] as const;
const work: ReadonlySet<unknown> = new Set(["Reconciling", "Progressing", "Issuing", "Updating"]);
const pauses: ReadonlySet<unknown> = new Set(["Paused", "Suspended", "Hibernated"]);
// What a controller sums itself up in, the most telling first.
const summaries = [
  "Ready",
  "Available",
  "Healthy",
  "Succeeded",
  "Successful",
  "Complete",
  "Completed",
  "Deployed",
  "Established",
  "Synced",
  "Programmed",
  "Accepted",
  "Admitted",
  "Valid",
] as const;
// Where nothing sums up, the parts do: "ClusterAvailable", "ResourcesApplied".
const partEnds = [
  "Ready",
  "Available",
  "Applied",
  "Synced",
  "Success",
  "Succeeded",
  "Installed",
  "Deployed",
  "Accepted",
  "UpToDate",
  "Reconciled",
] as const;
// What a good summary does not make up for: the wish was refused or did not arrive.
const vetoes: ReadonlySet<unknown> = new Set(["Synced", "Accepted", "ResolvedRefs"]);

function endsWithAny(type: string, ends: readonly string[]): boolean {
  for (const end of ends) if (type.endsWith(end)) return true;
  return false;
}

/** Judges by `status.conditions`; undefined where none of them tells. */
export function judgeConditions(object: Fields): Health | undefined {
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return undefined;
  let busy: Condition | undefined;
  let paused: Condition | undefined;
  let veto: Condition | undefined;
  for (const entry of conditions) {
    const condition = fields(entry);
    const type = text(condition["type"]);
    if (condition["status"] === "False" && vetoes.has(type)) veto ??= condition;
    // A Deployment-like roll-out that has given up: ProgressDeadlineExceeded.
    if (
      condition["status"] === "False" &&
      type === "Progressing" &&
      wordVerdict(text(condition["reason"])) === "Degraded"
    )
      return because("Degraded", condition);
    if (condition["status"] !== "True") continue;
    if (failures.has(type) || endsWithAny(type, failureEnds)) return because("Degraded", condition);
    if (work.has(type)) busy ??= condition;
    if (pauses.has(type)) paused ??= condition;
  }
  if (paused !== undefined) return because("Suspended", paused);
  const summary =
    (veto === undefined ? judgeSummary(object, conditions) : because(falseMeans(veto), veto)) ?? judgeParts(conditions);
  if (busy === undefined) return summary;
  // A Deployment-like `Progressing: True` stays when the work is done, so a good summary outweighs it; and a retry after
  // a failure (Flux's reason for Reconciling) does not undo the failure.
  const outweighed =
    summary?.status === "Healthy"
      ? busy["type"] === "Progressing"
      : summary?.status === "Degraded" && busy["reason"] === "ProgressingWithRetry";
  return outweighed ? summary : because("Progressing", busy);
}

function judgeSummary(object: Fields, conditions: readonly unknown[]): Health | undefined {
  for (const type of summaries) {
    const condition = findCondition(conditions, type);
    if (condition === undefined) continue;
    if (isStale(object, condition))
      return verdict("Progressing", "GenerationNotObserved", `${type} is of an older generation`);
    if (condition["status"] === "True") return because("Healthy", condition);
    if (condition["status"] !== "False") return because("Progressing", condition);
    return because(falseMeans(condition), condition);
  }
  return undefined;
}

function judgeParts(conditions: readonly unknown[]): Health | undefined {
  let unsure: Condition | undefined;
  let good: Condition | undefined;
  for (const entry of conditions) {
    const condition = fields(entry);
    if (!endsWithAny(text(condition["type"]), partEnds)) continue;
    if (condition["status"] === "False") return because(falseMeans(condition), condition);
    if (condition["status"] === "True") good ??= condition;
    else unsure ??= condition;
  }
  if (unsure !== undefined) return because("Progressing", unsure);
  return good === undefined ? undefined : because("Healthy", good);
}

/**
 * What others wrote about the object, each in a list entry of its own with conditions: `parents` of a route and
 * `ancestors` of a policy, as Gateway API's many policies have them.
 */
export function judgeParents(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  const parents = list(status["parents"] ?? status["ancestors"]);
  let health: Health | undefined;
  for (const entry of parents) {
    const conditions = list(fields(entry)["conditions"]);
    for (const each of conditions) {
      const condition = fields(each);
      if (isStale(object, condition)) return verdict("Progressing", "GenerationNotObserved");
      if (vetoes.has(condition["type"]) && condition["status"] === "False") return because("Degraded", condition);
    }
    health ??= judgeSummary(object, conditions);
  }
  return health;
}

/**
 * A summary that is False is a failure, unless its reason says that the work goes on or was stopped, or its severity that it is no
 * failure (`Info`, a convention of Cluster API that Azure Service Operator shares).
 */
function falseMeans(condition: Condition): HealthStatus {
  if (condition["severity"] === "Info") return "Progressing";
  const word = wordVerdict(text(condition["reason"]));
  return word === "Progressing" || word === "Suspended" ? word : "Degraded";
}

function isStale(object: Fields, condition: Condition): boolean {
  const generation = fields(object["metadata"])["generation"];
  const observed = condition["observedGeneration"];
  return typeof generation === "number" && typeof observed === "number" && observed > 0 && observed < generation;
}
