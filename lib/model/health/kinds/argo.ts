import { at, conditionsOf, type Fields, fields, findCondition, text } from "../fields.ts";
import { byConditions, byWord, inWords, type KindRules } from "../rules.ts";
import { because, type Health, verdict, waiting } from "../verdict.ts";
import { judgeRollout } from "./argo-rollout.ts";

// Argo CD, Argo Workflows, Argo Events and Argo Rollouts: https://argoproj.github.io/

/** An Application is as healthy as Argo CD says that it is. */
function judgeApplication(object: Fields): Health {
  const health = fields(fields(object["status"])["health"]);
  switch (health["status"]) {
    case "Healthy":
    case "Progressing":
    case "Suspended":
    case "Degraded":
    case "Missing":
      return verdict(health["status"], "", text(health["message"]));
    default:
      return verdict(
        object["status"] === undefined ? "Progressing" : "Unknown",
        "",
        text(health["message"]) || "Argo CD has not judged it yet",
      );
  }
}

function judgeExperimentLike(object: Fields, words: ReadonlyMap<string, Health["status"]>): Health {
  const phase = text(at(object, ["status", "phase"]));
  if (phase === "") return verdict("Progressing", "", waiting);
  return inWords(words.get(phase) ?? "Unknown", phase, object);
}

const runWords = new Map<string, Health["status"]>([
  ["Pending", "Progressing"],
  ["Running", "Progressing"],
  ["Successful", "Healthy"],
  ["Failed", "Degraded"],
  ["Error", "Degraded"],
  ["Inconclusive", "Unknown"],
]);

export const argoRules: Readonly<Record<string, KindRules>> = {
  "argoproj.io": {
    Application: judgeApplication,
    ApplicationSet: byConditions([
      ["ErrorOccurred", "True", "Degraded"],
      ["ResourcesUpToDate", "False", "Degraded"],
      ["RolloutProgressing", "True", "Progressing"],
      ["ResourcesUpToDate", "True", "Healthy"],
    ]),
    Rollout: judgeRollout,
    AnalysisRun: (object) => judgeExperimentLike(object, runWords),
    Experiment: (object) => judgeExperimentLike(object, runWords),
    Workflow: byWord(
      "status.phase",
      { Pending: "Progressing", Running: "Progressing", Succeeded: "Healthy", Failed: "Degraded", Error: "Degraded" },
      { otherwise: "Unknown" },
    ),
    CronWorkflow: byConditions(
      [
        ["SpecError", "True", "Degraded"],
        ["SubmissionError", "True", "Degraded"],
      ],
      "Healthy",
    ),
    EventBus: byConditions([
      ["Deployed", "False", "Degraded"],
      ["Deployed", "True", "Healthy"],
    ]),
  },
  "flagger.app": {
    Canary: byWord(
      "status.phase",
      {
        Failed: "Degraded",
        Progressing: "Progressing",
        Finalising: "Progressing",
        Promoting: "Progressing",
        Succeeded: "Healthy",
        Initialized: "Healthy",
      },
      { otherwise: "Unknown", absent: "Unknown" },
    ),
  },
  "spot.io": { SpotDeployment: judgeSpotDeployment },
};

function judgeSpotDeployment(object: Fields): Health {
  const conditions = conditionsOf(object);
  const invalid = findCondition(conditions, "InvalidSpec");
  if (invalid !== undefined) return because("Degraded", invalid);
  const progressing = findCondition(conditions, "Progressing");
  if (progressing?.["reason"] === "RolloutAborted" || progressing?.["reason"] === "ProgressDeadlineExceeded")
    return because("Degraded", progressing);
  const paused = findCondition(conditions, "Paused");
  if (paused?.["status"] === "True") return because("Suspended", paused);
  return fields(object["status"])["phase"] === "Progressing" ? because("Progressing", progressing) : verdict("Healthy");
}
