import type { HealthStatus } from "../../health-status.ts";
import { count, type Fields, fields, text } from "../fields.ts";
import { type Health, verdict } from "../verdict.ts";

// https://www.kubeflow.org/docs/components/spark-operator/user-guide/working-with-sparkapplication/
const states = new Map<string, HealthStatus>([
  ["COMPLETED", "Healthy"],
  ["FAILED", "Degraded"],
  ["FAILING", "Degraded"],
  ["SUBMISSION_FAILED", "Degraded"],
  ["INVALIDATING", "Missing"],
]);

/** A SparkApplication: a running one is Healthy once it has the executors that it asked for. */
export function judgeSpark(object: Fields): Health {
  const { state, errorMessage } = fields(fields(object["status"])["applicationState"]);
  const word = text(state);
  if (word === "RUNNING") return judgeExecutors(object);
  if (word === "") return verdict("Progressing", "", "Waiting to be submitted");
  return verdict(states.get(word) ?? "Progressing", word, text(errorMessage));
}

function judgeExecutors(object: Fields): Health {
  const spec = fields(object["spec"]);
  const running = countRunning(fields(fields(object["status"])["executorState"]));
  const instances = fields(spec["executor"])["instances"];
  const range = allocation(spec);
  const enough =
    (instances !== undefined && running === instances) ||
    (range !== undefined
      ? running >= range.min && running <= range.max
      : instances === undefined && spec["dynamicAllocation"] === undefined && running >= 1);
  return enough ? verdict("Healthy", "RUNNING") : verdict("Progressing", "RUNNING", `${running} executors are running`);
}

function countRunning(executors: Fields): number {
  let running = 0;
  for (const name in executors) if (executors[name] === "RUNNING") running += 1;
  return running;
}

/** How many executors dynamic allocation allows, by the spec's own field or by Spark's settings, streaming first. */
function allocation(spec: Fields): { min: number; max: number } | undefined {
  const own = fields(spec["dynamicAllocation"]);
  if (own["enabled"] === true)
    return { min: count(own["minExecutors"]), max: count(own["maxExecutors"], Number.POSITIVE_INFINITY) };
  const settings = fields(spec["sparkConf"]);
  for (const prefix of ["spark.streaming.dynamicAllocation", "spark.dynamicAllocation"]) {
    if (settings[`${prefix}.enabled`] !== "true") continue;
    return {
      min: count(settings[`${prefix}.minExecutors`]),
      max: count(settings[`${prefix}.maxExecutors`], Number.POSITIVE_INFINITY),
    };
  }
  return undefined;
}
