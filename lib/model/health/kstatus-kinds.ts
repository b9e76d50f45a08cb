import { conditionsOf, count, type Fields, fields, findCondition, text } from "./fields.ts";
import { judgeKstatusPod } from "./kstatus-pod.ts";
import { because, type Health, verdict } from "./verdict.ts";

type KstatusRule = (object: Fields, now: number | undefined) => Health | undefined;

const healthy = (): Health => verdict("Healthy");

// What kstatus has rules for; source of each: kubernetes-sigs/cli-utils pkg/kstatus/status/core.go.
const rules: Readonly<Record<string, ReadonlyMap<string, KstatusRule>>> = {
  "": new Map<string, KstatusRule>([
    ["Service", service],
    ["Pod", judgeKstatusPod],
    ["Secret", healthy],
    ["ConfigMap", healthy],
    ["PersistentVolumeClaim", persistentVolumeClaim],
  ]),
  apps: new Map<string, KstatusRule>([
    ["StatefulSet", statefulSet],
    ["DaemonSet", daemonSet],
    ["Deployment", deployment],
    ["ReplicaSet", replicaSet],
  ]),
  extensions: new Map<string, KstatusRule>([
    ["DaemonSet", daemonSet],
    ["Deployment", deployment],
    ["ReplicaSet", replicaSet],
  ]),
  policy: new Map<string, KstatusRule>([["PodDisruptionBudget", healthy]]),
  batch: new Map<string, KstatusRule>([
    ["CronJob", healthy],
    ["Job", job],
  ]),
  "apiextensions.k8s.io": new Map<string, KstatusRule>([["CustomResourceDefinition", customResourceDefinition]]),
};

/** kstatus's rule for a built-in kind, if it has one. */
export function kstatusRuleFor(group: string, kind: string): KstatusRule | undefined {
  return Object.hasOwn(rules, group) ? rules[group]?.get(kind) : undefined;
}

/** "Ready: 1/3", with kstatus's reason: fewer than wanted is work in progress. */
function short(reason: string, label: string, have: number, want: number): Health | undefined {
  return have < want ? verdict("Progressing", reason, `${label}: ${have}/${want}`) : undefined;
}

function extraPods(have: number, want: number): Health | undefined {
  return have > want ? verdict("Progressing", "ExtraPods", `Pending termination: ${have - want}`) : undefined;
}

function statefulSet(object: Fields): Health | undefined {
  const spec = fields(object["spec"]);
  const status = fields(object["status"]);
  const strategy = fields(spec["updateStrategy"]);
  if (strategy["type"] === "OnDelete")
    return verdict("Healthy", "OnDelete", "Pods are updated when someone deletes them");
  const want = count(spec["replicas"], 1);
  const updated = count(status["updatedReplicas"]);
  const replicas = count(status["replicas"]);
  const missing =
    short("LessReplicas", "Replicas", replicas, want) ??
    short("LessReady", "Ready", count(status["readyReplicas"]), want) ??
    extraPods(replicas, want);
  if (missing !== undefined) return missing;
  const partition = count(fields(strategy["rollingUpdate"])["partition"], -1);
  if (partition !== -1) return short("PartitionRollout", "Updated", updated, want - partition) ?? verdict("Healthy");
  const behind = short("LessCurrent", "Current", count(status["currentReplicas"]), want);
  if (behind !== undefined) return behind;
  if (text(status["currentRevision"]) !== text(status["updateRevision"])) {
    return verdict("Progressing", "RevisionMismatch", "Waiting for the updated revision to become the current one");
  }
  return verdict("Healthy");
}

function deployment(object: Fields): Health | undefined {
  const spec = fields(object["spec"]);
  const status = fields(object["status"]);
  const conditions = conditionsOf(object);
  const progressing = findCondition(conditions, "Progressing");
  if (progressing?.["reason"] === "ProgressDeadlineExceeded") return because("Degraded", progressing);
  const want = count(spec["replicas"], 1);
  const replicas = count(status["replicas"]);
  const updated = count(status["updatedReplicas"]);
  const missing =
    short("LessReplicas", "Replicas", replicas, want) ??
    short("LessUpdated", "Updated", updated, want) ??
    extraPods(replicas, want) ??
    short("LessAvailable", "Available", count(status["availableReplicas"]), updated) ??
    short("LessReady", "Ready", count(status["readyReplicas"]), want);
  if (missing !== undefined) return missing;
  // Without a deadline the controller never writes the Progressing condition (kstatus reads MaxInt32 as none).
  const deadline = count(spec["progressDeadlineSeconds"], 2_147_483_647);
  const rolledOut = progressing?.["status"] === "True" && progressing["reason"] === "NewReplicaSetAvailable";
  if (deadline !== 2_147_483_647 && !rolledOut)
    return verdict("Progressing", "ReplicaSetNotAvailable", "The new ReplicaSet is not available");
  const available = findCondition(conditions, "Available");
  if (available?.["status"] !== "True")
    return verdict(
      "Progressing",
      "DeploymentNotAvailable",
      text(available?.["message"]) || "The Deployment is not available",
    );
  return verdict("Healthy");
}

function replicaSet(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  const failure = findCondition(conditionsOf(object), "ReplicaFailure");
  if (failure?.["status"] === "True") return because("Progressing", failure);
  const want = count(fields(object["spec"])["replicas"], 1);
  return (
    short("LessLabelled", "Labelled", count(status["fullyLabeledReplicas"]), want) ??
    short("LessAvailable", "Available", count(status["availableReplicas"]), want) ??
    short("LessReady", "Ready", count(status["readyReplicas"]), want) ??
    extraPods(count(status["replicas"]), want) ??
    verdict("Healthy")
  );
}

function daemonSet(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  if (typeof fields(object["metadata"])["generation"] !== "number") return verdict("Progressing", "NoGeneration");
  if (typeof status["observedGeneration"] !== "number")
    return verdict("Progressing", "NoObservedGeneration", "The controller has not seen it yet");
  const want = count(status["desiredNumberScheduled"], -1);
  if (want === -1)
    return verdict("Progressing", "NoDesiredNumber", "The controller has not said how many Pods it wants");
  return (
    short("LessCurrent", "Current", count(status["currentNumberScheduled"]), want) ??
    short("LessUpdated", "Updated", count(status["updatedNumberScheduled"]), want) ??
    short("LessAvailable", "Available", count(status["numberAvailable"]), want) ??
    short("LessReady", "Ready", count(status["numberReady"]), want) ??
    verdict("Healthy")
  );
}

function persistentVolumeClaim(object: Fields): Health | undefined {
  const phase = text(fields(object["status"])["phase"]);
  return phase === "Bound"
    ? verdict("Healthy")
    : verdict("Progressing", "NotBound", `The claim is not bound: ${phase || "no phase yet"}`);
}

// A Job that runs is Current for kstatus: it has done what applying it can do.
function job(object: Fields): Health | undefined {
  const status = fields(object["status"]);
  for (const entry of conditionsOf(object)) {
    const condition = fields(entry);
    if (condition["status"] !== "True") continue;
    if (condition["type"] === "Complete") return because("Healthy", condition);
    if (condition["type"] === "Failed") return because("Degraded", condition);
    if (condition["type"] === "Suspended" && fields(object["spec"])["suspend"] === true)
      return because("Healthy", condition);
  }
  if (text(status["startTime"]) === "") return verdict("Progressing", "JobNotStarted", "The Job has not started");
  return verdict(
    "Healthy",
    "JobRunning",
    `Running: ${count(status["active"])} active, ${count(status["succeeded"])} succeeded, ${count(status["failed"])} failed`,
  );
}

function service(object: Fields): Health | undefined {
  const spec = fields(object["spec"]);
  const waits = spec["type"] === "LoadBalancer" && text(spec["clusterIP"]) === "";
  return waits
    ? verdict("Progressing", "NoIPAssigned", "The load balancer Service has no cluster IP yet")
    : verdict("Healthy");
}

function customResourceDefinition(object: Fields): Health | undefined {
  for (const entry of conditionsOf(object)) {
    const condition = fields(entry);
    if (condition["type"] === "NamesAccepted" && condition["status"] === "False") return because("Degraded", condition);
    if (condition["type"] !== "Established") continue;
    if (condition["status"] === "False" && condition["reason"] !== "Installing") return because("Degraded", condition);
    if (condition["status"] === "True") return because("Healthy", condition);
  }
  return verdict("Progressing", "Installing", "Waiting for the API server to serve it");
}
