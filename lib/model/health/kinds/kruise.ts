import { count, type Fields, fields, findCondition, list, text } from "../fields.ts";
import { inWords, type KindRule, type KindRules, lag } from "../rules.ts";
import { because, type Health, verdict, waiting } from "../verdict.ts";

// OpenKruise, its games and its roll-outs: https://openkruise.io/docs/

/** A partition holds a roll-out on purpose once its share is updated. */
function kruise(judge: (object: Fields, spec: Fields, status: Fields) => Health): KindRule {
  return (object) => {
    const status = fields(object["status"]);
    const seen = status["observedGeneration"] === fields(object["metadata"])["generation"];
    if (!seen) return lag(object) ?? verdict("Progressing", "", waiting);
    return judge(object, fields(fields(object["spec"])["updateStrategy"]), status);
  };
}

const held = (reason: string): Health => verdict("Suspended", reason, "The roll-out is paused");

function judgeAvailable({ updatedAvailableReplicas: available, replicas }: Fields): Health {
  if (available === replicas) return verdict("Healthy");
  return verdict("Degraded", "LessAvailable", `${count(available)} of ${count(replicas)} replicas are available`);
}

const judgeCloneSet = kruise((object, strategy, status) => {
  if (strategy["paused"] === true || status["updatedAvailableReplicas"] === undefined) return held("Paused");
  const partitioned = strategy["partition"] !== 0 && count(fields(object["metadata"])["generation"]) > 1;
  if (partitioned)
    return count(status["updatedReplicas"]) >= count(status["expectedUpdatedReplicas"])
      ? held("Partition")
      : verdict("Progressing", "LessUpdated");
  return judgeAvailable(status);
});

const judgeAdvancedStatefulSet = kruise((object, strategy, status) => {
  const rolling = fields(strategy["rollingUpdate"]);
  if (rolling["paused"] === true || status["updatedAvailableReplicas"] === undefined) return held("Paused");
  const partitioned = rolling["partition"] !== 0 && count(fields(object["metadata"])["generation"]) > 1;
  if (partitioned)
    return count(status["updatedReplicas"]) > count(status["replicas"]) - count(rolling["partition"])
      ? held("Partition")
      : verdict("Progressing", "LessUpdated");
  return judgeAvailable(status);
});

const judgeAdvancedDaemonSet = kruise((object, strategy, status) => {
  const rolling = fields(strategy["rollingUpdate"]);
  const want = count(status["desiredNumberScheduled"]);
  if (rolling["paused"] === true || status["updatedNumberScheduled"] === undefined) return held("Paused");
  const updated = count(status["updatedNumberScheduled"]);
  const partition = count(rolling["partition"]);
  if (partition !== 0 && count(fields(object["metadata"])["generation"]) > 1)
    return updated > want - partition ? held("Partition") : verdict("Progressing", "LessUpdated");
  if (updated === want && count(status["numberAvailable"]) === want) return verdict("Healthy");
  if (updated === want && count(status["numberUnavailable"]) === want)
    return verdict("Degraded", "LessAvailable", "No Pod is available");
  return verdict("Progressing", "LessAvailable", `${count(status["numberAvailable"])} of ${want} Pods are available`);
});

function judgeAdvancedCronJob(object: Fields): Health {
  const status = fields(object["status"]);
  if (status["lastScheduleTime"] === undefined && fields(object["spec"])["paused"] === true)
    return verdict("Suspended", "Paused");
  if (list(status["active"]).length > 0) return verdict("Progressing", "Running", "A run is active");
  return status["lastScheduleTime"] === undefined
    ? verdict("Degraded", "NeverScheduled", "It has not run yet")
    : verdict("Healthy");
}

function judgeBroadcastJob(object: Fields): Health {
  const status = fields(object["status"]);
  const phase = text(status["phase"]);
  if (phase === "completed" && status["desired"] === status["succeeded"]) return verdict("Healthy");
  if (phase === "failed" && status["failed"] !== 0) return inWords("Degraded", phase, object);
  return inWords(
    phase === "paused" && fields(object["spec"])["paused"] === true ? "Suspended" : "Progressing",
    phase,
    object,
  );
}

function judgeGameServer(object: Fields): Health {
  const { currentState, desiredState, podStatus } = fields(object["status"]);
  if (currentState !== desiredState)
    return verdict("Progressing", text(currentState), `On its way to ${text(desiredState)}`);
  const pod = findCondition(list(fields(podStatus)["conditions"]), "KruisePodReady");
  if (pod !== undefined && pod["status"] !== "True") return because("Degraded", pod);
  return currentState === "Ready" ? verdict("Healthy") : verdict("Unknown", text(currentState));
}

const judgeGameServerSet = kruise((_object, strategy, status) => {
  const rolling = fields(strategy["rollingUpdate"]);
  const replicas = count(status["replicas"]);
  const partition = count(rolling["partition"]);
  if (rolling["paused"] === true) return held("Paused");
  if (partition !== 0 && count(status["updatedReplicas"]) >= replicas - partition) return held("Partition");
  if (count(status["updatedReadyReplicas"]) === replicas) return verdict("Healthy");
  return verdict(
    "Progressing",
    "LessReady",
    `${count(status["updatedReadyReplicas"])} of ${replicas} replicas are updated and ready`,
  );
});

// https://openkruise.io/rollouts/user-manuals/api-specifications: a paused step waits for someone to approve it.
function judgeKruiseRollout(object: Fields): Health {
  const status = fields(object["status"]);
  const phase = text(status["phase"]);
  const step = text(fields(status["canaryStatus"])["currentStepState"]);
  if (count(status["observedGeneration"], -1) !== count(fields(object["metadata"])["generation"], -1))
    return verdict("Progressing", "GenerationNotObserved");
  if (step === "StepPaused" && phase === "Progressing") return inWords("Suspended", step, object);
  if (step === "StepPaused" && (phase === "Terminating" || phase === "Disabled"))
    return inWords("Degraded", phase, object);
  return inWords(step === "Completed" && phase === "Healthy" ? "Healthy" : "Progressing", step || phase, object);
}

export const kruiseRules: Readonly<Record<string, KindRules>> = {
  "apps.kruise.io": {
    CloneSet: judgeCloneSet,
    StatefulSet: judgeAdvancedStatefulSet,
    DaemonSet: judgeAdvancedDaemonSet,
    AdvancedCronJob: judgeAdvancedCronJob,
    BroadcastJob: judgeBroadcastJob,
  },
  "game.kruise.io": { GameServer: judgeGameServer, GameServerSet: judgeGameServerSet },
  "rollouts.kruise.io": { Rollout: judgeKruiseRollout },
};
