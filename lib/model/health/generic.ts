import type { HealthStatus } from "../health-status.ts";
import { type Condition, conditionsOf, count, type Fields, fields, findCondition, list, text } from "./fields.ts";
import { inWords, lag } from "./rules.ts";
import { because, type Health, verdict } from "./verdict.ts";
import { wordVerdict } from "./words.ts";

/**
 * Judges an object of any kind by the conventions that controllers share, strongest first: generation lag, suspend
 * switches, conditions that name a failure or work, `Ready` and its like, phase and state words, ready against wanted
 * replicas. An object that says none of it is Healthy: it exists, and nothing more was promised.
 */
export function judgeGenerally(object: Fields): Health {
  return (
    lag(object) ??
    suspended(object) ??
    judgeConditions(object) ??
    judgeParents(object) ??
    judgeWords(object) ??
    judgeFlags(object) ??
    judgeReplicas(object) ??
    judgeSilence(object)
  );
}

function suspended(object: Fields): Health | undefined {
  const spec = fields(object["spec"]);
  const off = spec["suspend"] === true || spec["suspended"] === true || spec["paused"] === true;
  return off ? verdict("Suspended", "Suspended", `${text(object["kind"])} is suspended`) : undefined;
}

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

function judgeConditions(object: Fields): Health | undefined {
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
function judgeParents(object: Fields): Health | undefined {
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

/** A summary that is False is a failure, unless its reason says that the work goes on or was stopped. */
function falseMeans(condition: Condition): HealthStatus {
  const word = wordVerdict(text(condition["reason"]));
  return word === "Progressing" || word === "Suspended" ? word : "Degraded";
}

function isStale(object: Fields, condition: Condition): boolean {
  const generation = fields(object["metadata"])["generation"];
  const observed = condition["observedGeneration"];
  return typeof generation === "number" && typeof observed === "number" && observed > 0 && observed < generation;
}

const wordFields = ["phase", "state", "health", "status", "currentState", "overallStatus"] as const;

function judgeWords(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  for (const name of wordFields) {
    const value = status[name];
    const word = typeof value === "string" ? value : text(fields(value)["status"]) || text(fields(value)["state"]);
    const judged = word === "" ? undefined : wordVerdict(word);
    if (judged !== undefined) return inWords(judged, word, object);
  }
  return undefined;
}

function judgeFlags(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  const error = text(status["error"]) || text(status["errorMessage"]) || text(status["failureMessage"]);
  if (error !== "") return verdict("Degraded", "Error", error);
  const flag = status["ready"] ?? status["healthy"];
  return typeof flag === "boolean"
    ? verdict(flag ? "Healthy" : "Progressing", "", flag ? "" : text(status["message"]))
    : undefined;
}

function judgeReplicas(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  const ready = status["readyReplicas"] ?? status["availableReplicas"];
  const want = fields(object["spec"])["replicas"] ?? status["replicas"];
  if (typeof want !== "number" || (ready === undefined && status["replicas"] === undefined)) return undefined;
  return count(ready) < want
    ? verdict("Progressing", "LessReady", `${count(ready)} of ${want} replicas are ready`)
    : verdict("Healthy");
}

/** An empty list of conditions is one that a controller has yet to fill; without it nothing more was promised. */
function judgeSilence(object: Fields): Health {
  const conditions = fields(object["status"])["conditions"];
  const awaited = Array.isArray(conditions) && conditions.length === 0;
  return awaited ? verdict("Progressing", "", "Waiting for the controller to report a status") : verdict("Healthy");
}

/** Whether the object has been given a status with anything in it. */
export function hasStatus(object: Fields): boolean {
  const status = fields(object["status"]);
  for (const key in status) if (list(status[key]).length > 0 || !Array.isArray(status[key])) return true;
  return false;
}
