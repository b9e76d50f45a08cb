import { conditionsOf, count, type Fields, fields, findCondition, text } from "../fields.ts";
import { type KindRule, type KindRules, readyOrDegraded } from "../rules.ts";
import { because, type Health, verdict, waiting } from "../verdict.ts";

// Knative and what builds on it: https://knative.dev/docs/, https://kserve.github.io/website/, https://docs.openfaas.com/

/** A Knative Service is up when its configuration and its routes are; any False condition has stopped it. */
function judgeService(object: Fields): Health {
  const conditions = conditionsOf(object);
  let unsure: Fields | undefined;
  for (const entry of conditions) {
    const condition = fields(entry);
    if (condition["status"] === "False") return because("Degraded", condition);
    if (condition["status"] === "Unknown") unsure ??= condition;
  }
  const complete = ["ConfigurationsReady", "RoutesReady", "Ready"].every(
    (type) => findCondition(conditions, type)?.["status"] === "True",
  );
  if (unsure !== undefined || !complete)
    return unsure === undefined
      ? verdict("Progressing", "", "Waiting for its configuration and routes")
      : because("Progressing", unsure);
  return verdict("Healthy");
}

/** An operator's installation: it works as long as a condition in the list is not yet True, and failed if one is neither. */
function installation(types: readonly string[], notYet: readonly string[]): KindRule {
  return (object) => {
    const conditions = conditionsOf(object);
    if (conditions.length === 0) return verdict("Progressing", "", "Waiting for the operator");
    for (const entry of conditions) {
      const condition = fields(entry);
      const busy =
        condition["status"] === "Unknown" ||
        (condition["status"] === "False" && notYet.includes(text(condition["type"])));
      if (busy) return because("Progressing", condition);
    }
    for (const type of types) {
      const condition = findCondition(conditions, type);
      if (condition?.["status"] !== "True") return because("Degraded", condition);
    }
    return verdict("Healthy");
  };
}

/** KServe: a model that is not up to date is loading or has failed; Stopped is a person's wish. */
function judgeInference(object: Fields): Health {
  const status = fields(object["status"]);
  const conditions = conditionsOf(object);
  const stopped = findCondition(conditions, "Stopped");
  if (stopped?.["status"] === "True") return because("Suspended", stopped);
  const transition = text(fields(status["modelStatus"])["transitionStatus"]);
  let missing: Fields | undefined;
  for (const entry of conditions) {
    const condition = fields(entry);
    if (condition["type"] !== "Stopped" && condition["status"] !== "True") missing ??= condition;
  }
  if (conditions.length === 0) return verdict("Progressing", "", waiting);
  if (transition !== "" && transition !== "UpToDate" && transition !== "InProgress")
    return verdict("Degraded", transition, text(missing?.["message"]));
  if (transition === "InProgress") return verdict("Progressing", transition, text(missing?.["message"]));
  return missing === undefined ? verdict("Healthy") : because("Progressing", missing);
}

/** OpenFaaS scales functions to zero: such a function is ready but idle. */
function judgeFunction(object: Fields): Health {
  const health = readyOrDegraded(object) ?? verdict("Progressing");
  const idle = health.status === "Healthy" && count(fields(object["status"])["replicas"]) === 0;
  return idle ? verdict("Suspended", "ScaledToZero", "The function is scaled to zero") : health;
}

export const knativeRules: Readonly<Record<string, KindRules>> = {
  "serving.knative.dev": { Service: judgeService },
  "operator.knative.dev": {
    KnativeServing: installation(
      ["Ready", "InstallSucceeded", "DependenciesInstalled", "DeploymentsAvailable"],
      ["Ready", "DeploymentsAvailable"],
    ),
    KnativeEventing: installation(["Ready", "InstallSucceeded"], ["Ready"]),
  },
  "serving.kserve.io": { InferenceService: judgeInference },
  "openfaas.com": { Function: judgeFunction },
};
