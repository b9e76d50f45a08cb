import { judgeAutoscaler } from "./autoscaler.ts";
import { conditionsOf, type Fields, fields, findCondition, list, text } from "./fields.ts";
import { judgePod } from "./pod.ts";
import type { KindRules } from "./rules.ts";
import { because, type Health, verdict, waiting } from "./verdict.ts";
import { judgeDaemonSet, judgeDeployment, judgeReplicaSet, judgeStatefulSet } from "./workloads.ts";

/** Argo CD's rules for Kubernetes' own kinds. Source: argoproj/argo-cd `gitops-engine/pkg/health` and `resource_customizations`. */
export const builtInRules: Readonly<Record<string, KindRules>> = {
  "": { Pod: judgePod, Service: judgeService, PersistentVolumeClaim: judgeClaim },
  apps: {
    Deployment: judgeDeployment,
    StatefulSet: judgeStatefulSet,
    ReplicaSet: judgeReplicaSet,
    DaemonSet: judgeDaemonSet,
  },
  batch: { Job: judgeJob, CronJob: judgeCronJob },
  autoscaling: { HorizontalPodAutoscaler: judgeAutoscaler },
  "networking.k8s.io": { Ingress: judgeIngress },
  extensions: { Ingress: judgeIngress },
  "apiregistration.k8s.io": { APIService: judgeApiService },
  "apiextensions.k8s.io": { CustomResourceDefinition: judgeDefinition },
  policy: { PodDisruptionBudget: judgeDisruptionBudget },
  "snapshot.storage.k8s.io": { VolumeSnapshot: judgeSnapshot, VolumeSnapshotContent: judgeSnapshot },
};

function hasAddress(object: Fields): boolean {
  return list(fields(fields(object["status"])["loadBalancer"])["ingress"]).length > 0;
}

function judgeService(object: Fields): Health {
  if (fields(object["spec"])["type"] !== "LoadBalancer" || hasAddress(object)) return verdict("Healthy");
  return verdict("Progressing", "NoAddress", "Waiting for the load balancer's address");
}

function judgeIngress(object: Fields): Health {
  return hasAddress(object) ? verdict("Healthy") : verdict("Progressing", "NoAddress", "Waiting for an address");
}

function judgeClaim(object: Fields): Health {
  const phase = text(fields(object["status"])["phase"]);
  switch (phase) {
    case "Bound":
      return verdict("Healthy");
    case "Pending":
      return verdict("Progressing", phase, "Waiting for a volume");
    case "Lost":
      return verdict("Degraded", phase, "The volume of the claim is gone");
    default:
      return verdict("Unknown", phase);
  }
}

function judgeJob(object: Fields): Health {
  const conditions = conditionsOf(object);
  const failed = findCondition(conditions, "Failed");
  if (failed !== undefined) return because("Degraded", failed);
  const suspended = findCondition(conditions, "Suspended");
  if (suspended?.["status"] === "True") return because("Suspended", suspended);
  const complete = findCondition(conditions, "Complete") ?? suspended;
  return complete === undefined ? verdict("Progressing", "JobRunning") : because("Healthy", complete);
}

// Argo CD calls a suspended CronJob Healthy until argoproj/argo-cd#24428 is resolved.
function judgeCronJob(object: Fields): Health {
  if (fields(object["spec"])["suspend"] === true) return verdict("Healthy", "Suspended", "The CronJob is suspended");
  if (object["status"] === undefined) return verdict("Progressing", "", waiting);
  const status = fields(object["status"]);
  const scheduled = text(status["lastScheduleTime"]);
  if (scheduled === "") return verdict("Healthy", "NotScheduledYet", "It has not been scheduled yet");
  const succeeded = text(status["lastSuccessfulTime"]);
  if (succeeded === "") return verdict("Healthy", "NeverSucceeded", "No run has succeeded yet");
  if (list(status["active"]).length > 0) return verdict("Healthy", "Running", "A run is active");
  if (Date.parse(succeeded) < Date.parse(scheduled))
    return verdict("Degraded", "LastRunFailed", `The run of ${scheduled} has not succeeded`);
  return verdict("Healthy");
}

function judgeApiService(object: Fields): Health {
  const available = findCondition(conditionsOf(object), "Available");
  if (available === undefined) return verdict("Progressing", "", "Waiting to be processed");
  return because(available["status"] === "True" ? "Healthy" : "Progressing", available);
}

function judgeDefinition(object: Fields): Health {
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return verdict("Progressing", "", "Waiting for the API server to serve it");
  const terminating = findCondition(conditions, "Terminating");
  if (terminating?.["status"] === "True") return because("Progressing", terminating);
  const names = findCondition(conditions, "NamesAccepted");
  if (names?.["status"] === "False") return because("Degraded", names);
  const schema = findCondition(conditions, "NonStructuralSchema");
  if (schema?.["status"] === "True") return because("Degraded", schema);
  const established = findCondition(conditions, "Established");
  if (established?.["status"] === "True") return because("Healthy", established);
  return because(established?.["reason"] === "Installing" ? "Progressing" : "Degraded", established);
}

// Too few Pods can be what was wanted (argoproj/argo-cd#20171), so it is not a failure of the budget.
function judgeDisruptionBudget(object: Fields): Health {
  const conditions = conditionsOf(object);
  for (const entry of conditions) {
    const condition = fields(entry);
    if (condition["status"] === "False" && condition["reason"] !== "InsufficientPods")
      return because("Degraded", condition);
  }
  return conditions.length === 0 ? verdict("Progressing", "", waiting) : because("Healthy", fields(conditions.at(-1)));
}

function judgeSnapshot(object: Fields): Health {
  const status = fields(object["status"]);
  if (status["readyToUse"] === true) return verdict("Healthy");
  if (status["error"] !== undefined)
    return verdict("Degraded", "SnapshotError", text(fields(status["error"])["message"]));
  return verdict("Progressing", "", "Waiting for the snapshot to be taken");
}
