import { conditionsOf, count, type Fields, fields, findCondition, text } from "../fields.ts";
import { byConditions, byWord, type KindRule, type KindRules, readyOrDegraded } from "../rules.ts";
import { because, type Health, verdict, waiting } from "../verdict.ts";
import { judgeSpark } from "./spark.ts";

// Workloads and controllers that have no larger family here: KEDA, Keycloak, Camel K, Spark, Ansible, SpinKube, Pulumi,
// Kyverno, Proclaim.

/** https://keda.sh/docs/latest/reference/scaledobject-spec/: Fallback means that the metric can't be read. */
function keda(broken: Parameters<typeof byConditions>[0]): KindRule {
  return byConditions([
    ...broken,
    ["Ready", "False", "Degraded"],
    ["Paused", "True", "Suspended"],
    ["Ready", "True", "Healthy"],
  ]);
}

/** https://www.spinkube.dev/docs/: conditions like a Deployment's, but Progressing turns False when a time-out is reached. */
function judgeSpinApp(object: Fields): Health {
  const status = fields(object["status"]);
  if (object["status"] === undefined) return verdict("Progressing", "", waiting);
  const progressing = findCondition(conditionsOf(object), "Progressing");
  const available = findCondition(conditionsOf(object), "Available");
  const said = text(progressing?.["message"]).toLowerCase();
  const gaveUp =
    progressing?.["status"] === "False" &&
    (progressing["reason"] === "ProgressDeadlineExceeded" || said.includes("timeout") || said.includes("failed"));
  if (gaveUp) return because("Degraded", progressing);
  if (available?.["status"] !== "True") return because("Degraded", available);
  const want = count(fields(object["spec"])["replicas"], 1);
  const ready = count(status["readyReplicas"]);
  if (ready < want) return verdict("Progressing", "LessReady", `${ready} of ${want} replicas are ready`);
  return progressing?.["status"] === "True" ? because("Progressing", progressing) : verdict("Healthy");
}

function judgePulumiStack(object: Fields): Health | undefined {
  if (fields(object["status"])["observedGeneration"] !== fields(object["metadata"])["generation"])
    return verdict("Progressing", "GenerationNotObserved", waiting);
  return pulumi(object);
}

const pulumi = byConditions([
  ["Stalled", "True", "Degraded"],
  ["Reconciling", "True", "Progressing"],
  ["Ready", "True", "Healthy"],
]);

/** https://www.keycloak.org/operator/: errors and readiness are conditions of their own. */
const keycloak = byConditions([
  ["HasErrors", "True", "Degraded"],
  ["Ready", "True", "Healthy"],
]);

/** https://docs.ansible.com/automation-controller/: the states of a job. */
const ansibleJob = byWord("status.ansibleJobResult.status", {
  successful: "Healthy",
  failed: "Degraded",
  error: "Degraded",
  canceled: "Degraded",
});

export const otherRules: Readonly<Record<string, KindRules>> = {
  "keda.sh": {
    ScaledObject: keda([["Fallback", "True", "Degraded"]]),
    ScaledJob: keda([["Ready", "Unknown", "Degraded"]]),
  },
  "k8s.keycloak.org": { Keycloak: keycloak },
  "camel.apache.org": { Integration: readyOrDegraded },
  "sparkoperator.k8s.io": { SparkApplication: judgeSpark },
  "tower.ansible.com": { AnsibleJob: ansibleJob },
  "core.spinkube.dev": { SpinApp: judgeSpinApp },
  "pulumi.com": { Stack: judgePulumiStack },
  "kyverno.io": {
    Policy: byConditions([["Ready", "True", "Healthy", ["Succeeded"]]]),
    ClusterPolicy: byConditions([["Ready", "True", "Healthy"]]),
  },
  "proclaim.dogmatiq.io": {
    DNSSDServiceInstance: byConditions([
      ["Adopted", "False", "Degraded"],
      ["Advertised", "*", "Degraded", ["AdvertiseError", "UnadvertiseError"]],
      ["Discoverable", "*", "Unknown", ["DiscoveryError"]],
      ["Discoverable", "True", "Healthy"],
    ]),
  },
};
