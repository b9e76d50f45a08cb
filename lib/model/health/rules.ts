import type { HealthStatus } from "../health-status.ts";
import { at, type Condition, conditionsOf, count, type Fields, fields, text } from "./fields.ts";
import { because, type Health, type Rule, verdict, waiting } from "./verdict.ts";

/** The rule of one kind of custom resource. */
export type KindRule = Rule<Fields>;
/** The rules of one API group by kind; `*` stands for the kinds that are not named. */
export type KindRules = Readonly<Record<string, KindRule>>;

/**
 * One line of a condition table: the condition's type, its status (`*` for any), the verdict that it brings, and,
 * where the status alone does not tell, the reasons that it must have.
 */
export type ConditionLine = readonly [
  type: string,
  status: "True" | "False" | "Unknown" | "*",
  verdict: HealthStatus,
  reasons?: readonly string[],
];

function fits(condition: Condition, [type, status, , reasons]: ConditionLine): boolean {
  return (
    condition["type"] === type &&
    (status === "*" || condition["status"] === status) &&
    (reasons === undefined || reasons.includes(text(condition["reason"])))
  );
}

/**
 * Judges by `status.conditions`: the first line of the table that fits any condition decides. Where none fits, the
 * verdict is `otherwise`, in the words of a condition that the table knows.
 */
export function byConditions(table: readonly ConditionLine[], otherwise: HealthStatus = "Progressing"): KindRule {
  return (object) => {
    const conditions = conditionsOf(object);
    let known: Condition | undefined;
    for (const line of table) {
      for (const entry of conditions) {
        const condition = fields(entry);
        if (fits(condition, line)) return because(line[2], condition);
        if (condition["type"] === line[0] && condition["status"] !== "True") known = condition;
      }
    }
    return undecided(otherwise, known);
  };
}

/** Like byConditions, for controllers whose own order counts: the first condition that fits any line decides. */
export function byFirstCondition(table: readonly ConditionLine[], otherwise: HealthStatus = "Progressing"): KindRule {
  return (object) => {
    for (const entry of conditionsOf(object)) {
      const condition = fields(entry);
      for (const line of table) if (fits(condition, line)) return because(line[2], condition);
    }
    return undecided(otherwise, undefined);
  };
}

function undecided(status: HealthStatus, known: Condition | undefined): Health {
  if (known !== undefined) return because(status, known);
  return status === "Healthy" ? verdict(status) : verdict(status, "", waiting);
}

/** `Ready` as most controllers mean it: True is Healthy, False is Degraded, anything else is in progress. */
export const readyOrDegraded: KindRule = byConditions([
  ["Ready", "False", "Degraded"],
  ["Ready", "True", "Healthy"],
]);

/** What byWord says where the word is not in its table, and where there is no word at all. */
type WordDefaults = { otherwise?: HealthStatus; absent?: HealthStatus };

/** Judges by one word of the object, such as `status.phase`, given by its path ("status.phase"). */
export function byWord(
  path: string,
  words: Readonly<Record<string, HealthStatus>>,
  { otherwise = "Progressing", absent = "Progressing" }: WordDefaults = {},
): KindRule {
  const steps = path.split(".");
  const table = new Map(Object.entries(words));
  return (object) => {
    const value = at(object, steps);
    // Old versions of some controllers write an enumeration as its number.
    const word = typeof value === "number" ? `${value}` : text(value);
    if (word === "") return verdict(absent, "", absent === "Healthy" ? "" : waiting);
    return inWords(table.get(word) ?? otherwise, word, object);
  };
}

/** A verdict that rests on a word: a CamelCase word is the reason, a phrase the message; the status's own message explains. */
export function inWords(status: HealthStatus, word: string, object: Fields): Health {
  const said = fields(object["status"]);
  const message = text(said["message"]) || text(said["reason"]);
  return word.includes(" ") ? verdict(status, "", message || word) : verdict(status, word, message);
}

/** The rule, unless a switch of the object ("spec.suspend") is on: then it is Suspended. */
export function unlessSuspended(path: string, rule: KindRule): KindRule {
  const steps = path.split(".");
  return (object) =>
    at(object, steps) === true
      ? verdict("Suspended", "Suspended", `${text(object["kind"])} is suspended`)
      : rule(object);
}

/** The rule, once the controller has seen the current generation. */
export function onceObserved(rule: KindRule): KindRule {
  return (object) => lag(object) ?? rule(object);
}

/** Progressing if `status.observedGeneration` is behind `metadata.generation`; undefined if it is not, or not said. */
export function lag(object: Fields): Health | undefined {
  const generation = fields(object["metadata"])["generation"];
  const observed = fields(object["status"])["observedGeneration"];
  if (typeof generation !== "number" || observed === undefined || observed === null) return undefined;
  const seen = count(observed, generation);
  if (seen >= generation) return undefined;
  return verdict("Progressing", "GenerationNotObserved", `The controller has seen generation ${seen} of ${generation}`);
}
