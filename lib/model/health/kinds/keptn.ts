import type { HealthStatus } from "../../health-status.ts";
import { type Fields, fields, text } from "../fields.ts";
import { byWord, type KindRules } from "../rules.ts";
import { type Health, verdict } from "../verdict.ts";

// Keptn: https://keptn.sh/stable/docs/

const keptnWords: Readonly<Record<string, HealthStatus>> = { Succeeded: "Healthy", Failed: "Degraded" };
const keptn = byWord("status.status", keptnWords);

/** https://keptn.sh/stable/docs/guides/slo/: a warning passes. */
function judgeAnalysis(object: Fields): Health {
  const { pass, warning } = fields(object["status"]);
  if (pass === true || warning === true) return verdict("Healthy", warning === true ? "Warning" : "");
  return pass === false
    ? verdict("Degraded", "NotPassed", "The analysis has not passed")
    : verdict("Progressing", "", "Waiting for the analysis");
}

function judgeMetric(object: Fields): Health {
  const { errMsg, value } = fields(object["status"]);
  if (text(errMsg) !== "") return verdict("Degraded", "Error", text(errMsg));
  return value === undefined ? verdict("Progressing", "", "Waiting for a value") : verdict("Healthy");
}

export const keptnRules: Readonly<Record<string, KindRules>> = {
  "lifecycle.keptn.sh": {
    KeptnAppVersion: keptn,
    KeptnWorkloadVersion: keptn,
    KeptnWorkloadInstance: keptn,
    KeptnTask: keptn,
    KeptnEvaluation: byWord("status.overallStatus", keptnWords),
  },
  "metrics.keptn.sh": { Analysis: judgeAnalysis, KeptnMetric: judgeMetric },
};
