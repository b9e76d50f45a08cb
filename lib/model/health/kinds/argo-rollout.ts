import { conditionsOf, count, type Fields, fields, findCondition, list, text } from "../fields.ts";
import { because, type Health, verdict, waiting } from "../verdict.ts";

/**
 * An Argo Rollout. Since Rollouts 1.0 the controller sums itself up in `status.phase`; for older ones the phase is
 * derived from the replicas and the strategy. Source: https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
export function judgeRollout(object: Fields): Health {
  const spec = fields(object["spec"]);
  const status = fields(object["status"]);
  if (object["status"] === undefined || !isObserved(object, spec, status))
    return verdict("Progressing", "GenerationNotObserved", "Waiting for the controller to see the new spec");
  return judgePhase(status) ?? judgeFailure(object) ?? judgePause(spec, status) ?? judgeProgress(spec, status);
}

function isObserved(object: Fields, spec: Fields, status: Fields): boolean {
  const metadata = fields(object["metadata"]);
  const generation = count(metadata["generation"]);
  // Before 0.10 the observed generation was a hash of the spec, which is no number, or one that is far too big.
  const seen = count(status["observedGeneration"], Number.POSITIVE_INFINITY);
  if (seen < generation) return false;
  if (spec["workloadRef"] === undefined || metadata["annotations"] === undefined) return true;
  const wanted = fields(metadata["annotations"])["rollout.argoproj.io/workload-generation"];
  return count(wanted, -1) === count(status["workloadObservedGeneration"], -1);
}

function judgePhase(status: Fields): Health | undefined {
  const message = text(status["message"]);
  switch (status["phase"]) {
    case undefined:
      return undefined;
    case "Healthy":
    case "Progressing":
    case "Degraded":
      return verdict(status["phase"], "", message);
    case "Paused":
      return verdict("Suspended", message || "Paused", "The rollout is paused");
    default:
      return verdict("Unknown", text(status["phase"]), message);
  }
}

function judgeFailure(object: Fields): Health | undefined {
  const conditions = conditionsOf(object);
  const invalid = findCondition(conditions, "InvalidSpec");
  if (invalid !== undefined) return because("Degraded", invalid);
  const progressing = findCondition(conditions, "Progressing");
  const reason = progressing?.["reason"];
  return reason === "RolloutAborted" || reason === "ProgressDeadlineExceeded"
    ? because("Degraded", progressing)
    : undefined;
}

function judgePause(spec: Fields, status: Fields): Health | undefined {
  const paused = spec["paused"] === true || list(status["pauseConditions"]).length > 0;
  return paused ? verdict("Suspended", "Paused", "The rollout is paused") : undefined;
}

function judgeProgress(spec: Fields, status: Fields): Health {
  const hash = status["currentPodHash"];
  if (hash === undefined) return verdict("Progressing", "", waiting);
  const want = count(spec["replicas"], 1);
  const updated = count(status["updatedReplicas"]);
  const available = count(status["availableReplicas"]);
  if (updated < want) return verdict("Progressing", "LessUpdated", `${updated} of ${want} replicas are updated`);
  if (available < updated)
    return verdict("Progressing", "LessAvailable", `${available} of ${updated} updated replicas are available`);
  const strategy = fields(spec["strategy"]);
  // Before 0.8 the stable ReplicaSet was the canary's own field.
  const stable = text(status["stableRS"]) || text(fields(status["canary"])["stableRS"]);
  if (strategy["blueGreen"] !== undefined) {
    if (fields(status["blueGreen"])["activeSelector"] !== hash)
      return verdict("Progressing", "ActiveServiceCutover", "Waiting for the active Service to switch over");
    if (stable !== "" && stable !== hash) return verdict("Progressing", "Analysis", "Waiting for the analysis");
  } else if (strategy["canary"] !== undefined) {
    if (count(status["replicas"]) > updated)
      return verdict("Progressing", "OldReplicas", "Old replicas are still terminating");
    if (stable !== hash) return verdict("Progressing", "CanarySteps", "Waiting for the canary steps");
  }
  return verdict("Healthy");
}
