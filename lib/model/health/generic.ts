import { judgeConditions, judgeParents } from "./conditions.ts";
import { count, type Fields, fields, list, text } from "./fields.ts";
import { inWords, lag } from "./rules.ts";
import { type Health, verdict, waiting } from "./verdict.ts";
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
  return awaited ? verdict("Progressing", "", waiting) : verdict("Healthy");
}

/** Whether the object has been given a status with anything in it. */
export function hasStatus(object: Fields): boolean {
  const status = fields(object["status"]);
  for (const key in status) if (list(status[key]).length > 0 || !Array.isArray(status[key])) return true;
  return false;
}
