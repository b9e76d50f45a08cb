import { conditionsOf, type Fields, fields, findCondition, groupOf, text } from "./fields.ts";
import { kstatusRuleFor } from "./kstatus-kinds.ts";
import { because, type Health, verdict } from "./verdict.ts";

/**
 * Health by kstatus, in Argo CD's words (Current is Healthy, InProgress and Terminating are Progressing, Failed is
 * Degraded). Flux judges with it. Source: kubernetes-sigs/cli-utils `pkg/kstatus/status/{status,generic}.go`: what
 * every object may say first, then the kind's rule, then `Ready`; an object that says nothing is Current.
 * @param now epoch milliseconds: a Pod is given 15 seconds to be scheduled
 */
export function judgeByKstatus(object: Fields, now: number | undefined): Health {
  const kind = text(object["kind"]);
  return (
    judgeCommonFields(object, kind) ??
    kstatusRuleFor(groupOf(object), kind)?.(object, now) ??
    judgeReady(object) ??
    verdict("Healthy")
  );
}

function judgeCommonFields(object: Fields, kind: string): Health | undefined {
  const metadata = fields(object["metadata"]);
  if (text(metadata["deletionTimestamp"]) !== "") return verdict("Progressing", "Terminating", "Pending deletion");
  const generation = metadata["generation"];
  const observed = fields(object["status"])["observedGeneration"];
  if (typeof generation === "number" && typeof observed === "number" && observed !== generation) {
    return verdict(
      "Progressing",
      "LatestGenerationNotObserved",
      `${kind} generation is ${generation}, the controller has seen ${observed}`,
    );
  }
  for (const entry of conditionsOf(object)) {
    const condition = fields(entry);
    if (condition["status"] !== "True") continue;
    if (condition["type"] === "Reconciling") return because("Progressing", condition);
    if (condition["type"] === "Stalled") return because("Degraded", condition);
  }
  return undefined;
}

function judgeReady(object: Fields): Health | undefined {
  const ready = findCondition(conditionsOf(object), "Ready");
  switch (ready?.["status"]) {
    case "True":
      return because("Healthy", ready);
    case "False":
    case "Unknown":
      return because("Progressing", ready);
    default:
      return undefined;
  }
}
