import { conditionsOf, count, type Fields, fields, findCondition, text } from "./fields.ts";
import { because, type Health, verdict } from "./verdict.ts";

// Deployment, ReplicaSet, StatefulSet and DaemonSet by Argo CD: what `kubectl rollout status` waits for.
// Source: argoproj/argo-cd gitops-engine/pkg/health/health_{deployment,replicaset,statefulset,daemonset}.go.

function unobserved(object: Fields, status: Fields): Health | undefined {
  const generation = count(fields(object["metadata"])["generation"]);
  const seen = count(status["observedGeneration"]);
  return generation > seen
    ? verdict("Progressing", "GenerationNotObserved", `The controller has seen generation ${seen} of ${generation}`)
    : undefined;
}

/** A rollout that waits, with what the controller can't create (a quota, a missing service account) where it says so. */
function waits(conditions: readonly unknown[], reason: string, message: string): Health {
  const failure = findCondition(conditions, "ReplicaFailure");
  return failure?.["status"] === "True" ? because("Progressing", failure) : verdict("Progressing", reason, message);
}

export function judgeDeployment(object: Fields): Health {
  const spec = fields(object["spec"]);
  const status = fields(object["status"]);
  if (spec["paused"] === true) return verdict("Suspended", "DeploymentPaused", "The Deployment is paused");
  const behind = unobserved(object, status);
  if (behind !== undefined) return behind;
  const conditions = conditionsOf(object);
  const progressing = findCondition(conditions, "Progressing");
  if (progressing?.["reason"] === "ProgressDeadlineExceeded") return because("Degraded", progressing);
  const updated = count(status["updatedReplicas"]);
  const want = count(spec["replicas"], updated);
  const old = count(status["replicas"]) - updated;
  const available = count(status["availableReplicas"]);
  if (updated < want) return waits(conditions, "LessUpdated", `${updated} of ${want} replicas are updated`);
  if (old > 0)
    return waits(
      conditions,
      "OldReplicas",
      `${old} old ${old === 1 ? "replica is" : "replicas are"} still terminating`,
    );
  if (available < updated)
    return waits(conditions, "LessAvailable", `${available} of ${updated} updated replicas are available`);
  return verdict("Healthy");
}

export function judgeReplicaSet(object: Fields): Health {
  const status = fields(object["status"]);
  const behind = unobserved(object, status);
  if (behind !== undefined) return behind;
  const failure = findCondition(conditionsOf(object), "ReplicaFailure");
  if (failure?.["status"] === "True") return because("Degraded", failure);
  const available = count(status["availableReplicas"]);
  const want = count(fields(object["spec"])["replicas"], available);
  if (available < want)
    return verdict("Progressing", "LessAvailable", `${available} of ${want} replicas are available`);
  return verdict("Healthy");
}

export function judgeStatefulSet(object: Fields): Health {
  const spec = fields(object["spec"]);
  const status = fields(object["status"]);
  if (count(status["observedGeneration"]) === 0)
    return verdict("Progressing", "GenerationNotObserved", "The controller has not seen it yet");
  const behind = unobserved(object, status);
  if (behind !== undefined) return behind;
  const ready = count(status["readyReplicas"]);
  const updated = count(status["updatedReplicas"]);
  const want = count(spec["replicas"], ready);
  if (ready < want) return verdict("Progressing", "LessReady", `${ready} of ${want} replicas are ready`);
  const strategy = fields(spec["updateStrategy"]);
  if (strategy["type"] === "OnDelete") return verdict("Healthy");
  if (
    strategy["type"] === "RollingUpdate" &&
    strategy["rollingUpdate"] !== undefined &&
    strategy["rollingUpdate"] !== null
  ) {
    const partition = fields(strategy["rollingUpdate"])["partition"];
    const due = want - count(partition);
    if (partition !== undefined && updated < due)
      return verdict("Progressing", "LessUpdated", `${updated} of ${due} replicas above the partition are updated`);
    return verdict("Healthy");
  }
  if (text(status["updateRevision"]) !== text(status["currentRevision"])) {
    return verdict(
      "Progressing",
      "LessUpdated",
      `${updated} replicas are at revision ${text(status["updateRevision"])}`,
    );
  }
  return verdict("Healthy");
}

export function judgeDaemonSet(object: Fields): Health {
  const status = fields(object["status"]);
  const behind = unobserved(object, status);
  if (behind !== undefined) return behind;
  if (fields(fields(object["spec"])["updateStrategy"])["type"] === "OnDelete") return verdict("Healthy");
  const want = count(status["desiredNumberScheduled"]);
  const updated = count(status["updatedNumberScheduled"]);
  const available = count(status["numberAvailable"]);
  if (updated < want) return verdict("Progressing", "LessUpdated", `${updated} of ${want} Pods are updated`);
  if (available < want) return verdict("Progressing", "LessAvailable", `${available} of ${want} Pods are available`);
  return verdict("Healthy");
}
