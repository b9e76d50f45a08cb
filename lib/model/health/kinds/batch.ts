import { at, conditionsOf, type Fields, fields, findCondition, text } from "../fields.ts";
import { byConditions, byWord, inWords, type KindRules, unlessSuspended } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Batch work and machine learning: Kueue, JobSet, Kubeflow, Ray, Volcano, Spark, Flink, k6, chaos experiments. What these kinds call
// "Running" is work that has not ended yet, not a service that runs.

/** https://www.kubeflow.org/docs/components/trainer/legacy-v1/: conditions are a diary; the last state that is True tells. */
const trainingJob = byConditions([
  ["Failed", "True", "Degraded"],
  ["Succeeded", "True", "Healthy"],
  ["Suspended", "True", "Suspended"],
  ["Restarting", "True", "Progressing"],
  ["Running", "True", "Progressing"],
  ["Created", "True", "Progressing"],
]);

const jobSet = byConditions([
  ["Failed", "True", "Degraded"],
  ["FailurePolicyExhausted", "True", "Degraded"],
  ["Completed", "True", "Healthy"],
  ["Complete", "True", "Healthy"],
  ["Suspended", "True", "Suspended"],
]);

/** https://kueue.sigs.k8s.io/docs/concepts/workload/: admitted is what Kueue promises; the job itself is judged as its own kind. */
function judgeWorkload(object: Fields): Health {
  if (fields(object["spec"])["active"] === false)
    return verdict("Suspended", "Deactivated", "The workload is deactivated");
  const conditions = conditionsOf(object);
  const finished = findCondition(conditions, "Finished");
  if (finished?.["status"] === "True")
    return because(/fail/i.test(text(finished["reason"])) ? "Degraded" : "Healthy", finished);
  const admitted = findCondition(conditions, "Admitted");
  if (admitted?.["status"] === "True") {
    const ready = findCondition(conditions, "PodsReady");
    return ready?.["status"] === "False" ? because("Progressing", ready) : because("Healthy", admitted);
  }
  return because(
    "Progressing",
    findCondition(conditions, "Evicted") ?? findCondition(conditions, "QuotaReserved") ?? admitted,
  );
}

/** https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/: an operator stops a queue by its stop policy; otherwise inactive is a fault. */
const activeQueue = byConditions([
  ["Active", "True", "Healthy"],
  ["Active", "False", "Suspended", ["Stopped"]],
  ["Active", "False", "Degraded"],
]);

/** ray-operator/apis/ray/v1/rayjob_types.go: the deployment's status leads; a job that has ended may have failed. */
function judgeRayJob(object: Fields): Health {
  const status = fields(object["status"]);
  const phase = text(status["jobDeploymentStatus"]);
  if (phase === "Complete") {
    const job = text(status["jobStatus"]);
    return inWords(job === "FAILED" || job === "STOPPED" ? "Degraded" : "Healthy", job || phase, object);
  }
  return rayPhases(object) ?? verdict("Progressing");
}
const rayPhases = byWord("status.jobDeploymentStatus", {
  Failed: "Degraded",
  ValidationFailed: "Degraded",
  Suspended: "Suspended",
});

/** https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/observability.html: a failure to make pods counts whatever else is said. */
const rayCluster = byConditions([
  ["ReplicaFailure", "True", "Degraded"],
  ["RayClusterSuspended", "True", "Suspended"],
  ["RayClusterSuspending", "True", "Progressing"],
  ["HeadPodReady", "False", "Progressing"],
  ["RayClusterProvisioned", "True", "Healthy"],
]);

function judgeRayCluster(object: Fields): Health | undefined {
  // Before 1.3 there were no conditions, only the word.
  return conditionsOf(object).length > 0
    ? rayCluster(object)
    : byWord("status.state", { ready: "Healthy", failed: "Degraded", suspended: "Suspended" })(object);
}

const volcanoJob = byWord("status.state.phase", {
  Completed: "Healthy",
  Failed: "Degraded",
  Aborted: "Degraded",
  Terminated: "Degraded",
});

/** The operator's life cycle: https://nightlies.apache.org/flink/flink-kubernetes-operator-docs-main/docs/concepts/overview/ */
const flinkLifecycle = byWord("status.lifecycleState", {
  STABLE: "Healthy",
  ROLLED_BACK: "Degraded",
  FAILED: "Degraded",
  SUSPENDED: "Suspended",
});

/** https://chaos-mesh.org/docs/inspect-chaos-experiments/: injected while it runs and recovered when it has ended are both as wished. */
const chaosExperiment = byConditions([
  ["Paused", "True", "Suspended"],
  ["Selected", "False", "Degraded"],
  ["AllInjected", "True", "Healthy"],
  ["AllRecovered", "True", "Healthy"],
]);

const chaosKinds = [
  "PodChaos",
  "NetworkChaos",
  "IOChaos",
  "StressChaos",
  "TimeChaos",
  "DNSChaos",
  "HTTPChaos",
  "JVMChaos",
];

function judgeScheduledSpark(object: Fields): Health | undefined {
  const state = text(at(object, ["status", "scheduleState"]));
  return state === "" ? undefined : inWords(state === "FailedValidation" ? "Degraded" : "Healthy", state, object);
}

/** https://volcano.sh/en/docs/queue/ */
const volcanoQueue = byWord("status.state", { Open: "Healthy", Closed: "Suspended", Unknown: "Unknown" });

export const batchRules: Readonly<Record<string, KindRules>> = {
  "kubeflow.org": {
    PyTorchJob: trainingJob,
    TFJob: trainingJob,
    MPIJob: trainingJob,
    XGBoostJob: trainingJob,
    PaddleJob: trainingJob,
    JAXJob: trainingJob,
    Experiment: trainingJob,
    Trial: trainingJob,
  },
  "trainer.kubeflow.org": { TrainJob: jobSet },
  "jobset.x-k8s.io": { JobSet: jobSet },
  "kueue.x-k8s.io": {
    Workload: judgeWorkload,
    ClusterQueue: activeQueue,
    LocalQueue: activeQueue,
    AdmissionCheck: activeQueue,
  },
  "ray.io": { RayCluster: judgeRayCluster, RayJob: judgeRayJob },
  "batch.volcano.sh": { Job: volcanoJob },
  "scheduling.volcano.sh": { Queue: volcanoQueue },
  "sparkoperator.k8s.io": { ScheduledSparkApplication: unlessSuspended("spec.suspend", judgeScheduledSpark) },
  "flink.apache.org": { FlinkSessionJob: flinkLifecycle },
  "chaos-mesh.org": Object.fromEntries(chaosKinds.map((kind) => [kind, chaosExperiment])),
  "litmuschaos.io": {
    ChaosEngine: byWord("status.engineStatus", { completed: "Healthy", stopped: "Suspended" }),
  },
  "k6.io": { TestRun: byWord("status.stage", { finished: "Healthy", stopped: "Suspended", error: "Degraded" }) },
};
