import { type Condition, conditionsOf, count, type Fields, fields, findCondition, list, text } from "../fields.ts";
import {
  byConditions,
  byWord,
  inWords,
  type KindRule,
  type KindRules,
  onceObserved,
  readyOrDegraded,
  unlessSuspended,
} from "../rules.ts";
import { because, type Health, verdict, waiting } from "../verdict.ts";

// Clusters and nodes as objects: Cluster API, Karpenter, Gardener, Karmada, Open Cluster Management.

const phases = (words: Parameters<typeof byWord>[1]): KindRule => byWord("status.phase", words);

/** https://cluster-api.sigs.k8s.io/: Ready is False with severity Info for as long as a cluster is being provisioned. */
const clusterPhase = phases({ Provisioned: "Healthy", Failed: "Degraded" });
function judgeCluster(object: Fields): Health | undefined {
  const ready = findCondition(conditionsOf(object), "Ready");
  if (ready?.["status"] === "False" && ready["severity"] !== "Info") return because("Degraded", ready);
  const health = clusterPhase(object);
  return health?.status === "Progressing" && ready !== undefined ? because("Progressing", ready) : health;
}

const machinePhase = phases({ Running: "Healthy", Failed: "Degraded" });
function judgeMachine(object: Fields): Health | undefined {
  const health = machinePhase(object);
  const ready = findCondition(conditionsOf(object), "Ready");
  if (health === undefined || health.status === "Healthy" || ready?.["status"] !== "False") return health;
  return verdict(health.status, text(ready["reason"]) || health.reason, text(ready["message"]));
}

function judgeHealthCheck(object: Fields): Health {
  const { expectedMachines, currentHealthy } = fields(object["status"]);
  if (currentHealthy === undefined) return verdict("Progressing", "", waiting);
  if (expectedMachines === currentHealthy) return verdict("Healthy");
  return verdict(
    "Degraded",
    "UnhealthyMachines",
    `${count(currentHealthy)} of ${count(expectedMachines)} machines are healthy`,
  );
}

/** https://cluster-api-aws.sigs.k8s.io/topics/eks/: severity Error tells a failure from what is still to come. */
function judgeManagedControlPlane(object: Fields): Health {
  const conditions = conditionsOf(object);
  const failure = text(fields(object["status"])["failureMessage"]);
  if (failure !== "") return verdict("Degraded", "Failure", failure);
  const updating = findCondition(conditions, "EKSControlPlaneUpdating");
  if (updating?.["status"] === "True") return because("Progressing", updating);
  for (const entry of conditions) {
    const condition = fields(entry);
    if (condition["status"] === "False" && condition["severity"] === "Error") return because("Degraded", condition);
  }
  const ready = findCondition(conditions, "Ready");
  return because(ready?.["status"] === "True" ? "Healthy" : "Progressing", ready);
}

/** https://karpenter.sh/docs/concepts/nodeclaims/: launched, registered, initialized, then Ready; Disrupting is on its way out. */
const nodeClaim = byConditions([
  ["Disrupting", "True", "Suspended"],
  ["Ready", "True", "Healthy"],
  ["Ready", "False", "Degraded"],
]);

function judgeShoot(object: Fields): Health {
  switch (fields(fields(object["metadata"])["labels"])["shoot.gardener.cloud/status"]) {
    case "healthy":
      return verdict("Healthy");
    case "unhealthy":
      return verdict("Degraded", "Unhealthy", "Gardener calls the shoot unhealthy");
    case "unknown":
      return verdict("Unknown", "", "Gardener can't tell the shoot's health");
    default:
      return verdict("Progressing", "", "The shoot is being updated");
  }
}

/** https://karmada.io/docs/: every chosen cluster has to report, and what it can't judge must at least be applied. */
function judgeBinding(object: Fields): Health {
  const clusters = fields(object["spec"])["clusters"];
  const reports = list(fields(object["status"])["aggregatedStatus"]);
  if (object["status"] === undefined || reports.length === 0)
    return verdict("Progressing", "", "Waiting for the clusters to report");
  if (clusters !== undefined && list(clusters).length !== reports.length)
    return verdict("Progressing", "", "Waiting for all clusters to report");
  for (const entry of reports) {
    const report = fields(entry);
    const failed = report["health"] === "Unhealthy" || (report["health"] === "Unknown" && report["applied"] !== true);
    if (failed)
      return verdict(
        "Degraded",
        "UnhealthyInCluster",
        `${text(report["clusterName"])}: ${text(report["appliedMessage"]) || "unhealthy"}`,
      );
  }
  return verdict("Healthy");
}

/** https://open-cluster-management.io/docs/: compliance is the health of a policy. */
function judgePolicy(object: Fields): Health {
  const status = fields(object["status"]);
  if (fields(object["spec"])["disabled"] === true) return verdict("Healthy", "Disabled");
  if (status["compliant"] === undefined) {
    const rootOnly = status["status"] === undefined && list(status["placement"]).length > 0;
    return rootOnly
      ? verdict("Healthy", "NoClusters", "No cluster matches the placement")
      : verdict("Progressing", "", "Waiting for compliance to be reported");
  }
  return inWords(status["compliant"] === "Compliant" ? "Healthy" : "Degraded", text(status["compliant"]), object);
}

function judgeConfigurationPolicy(object: Fields): Health {
  const { compliant, lastEvaluatedGeneration } = fields(object["status"]);
  if (compliant !== undefined && lastEvaluatedGeneration !== fields(object["metadata"])["generation"])
    return verdict("Progressing", "GenerationNotObserved");
  return judgePolicy(object);
}

// https://kubernetes.io/docs/reference/: a node is what its kubelet says in Ready.
function judgeNode(object: Fields): Health {
  const ready: Condition | undefined = findCondition(conditionsOf(object), "Ready");
  if (ready?.["status"] !== "True") return because(ready === undefined ? "Unknown" : "Degraded", ready);
  return fields(object["spec"])["unschedulable"] === true
    ? verdict("Suspended", "Cordoned", "The node is cordoned")
    : because("Healthy", ready);
}

export const clusterRules: Readonly<Record<string, KindRules>> = {
  "": { Node: judgeNode },
  "cluster.x-k8s.io": {
    Cluster: unlessSuspended("spec.paused", judgeCluster),
    Machine: judgeMachine,
    MachineDeployment: unlessSuspended("spec.paused", phases({ Running: "Healthy", Failed: "Degraded" })),
    MachinePool: phases({ Running: "Healthy", Scaling: "Healthy", Failed: "Degraded", Unknown: "Degraded" }),
    MachineHealthCheck: judgeHealthCheck,
  },
  "addons.cluster.x-k8s.io": {
    ClusterResourceSet: byConditions([
      ["ResourcesApplied", "True", "Healthy"],
      ["ResourcesApplied", "False", "Degraded"],
    ]),
  },
  "controlplane.cluster.x-k8s.io": { AWSManagedControlPlane: onceObserved(judgeManagedControlPlane) },
  "karpenter.sh": { NodeClaim: onceObserved(nodeClaim), NodePool: readyOrDegraded },
  "karpenter.k8s.aws": { EC2NodeClass: readyOrDegraded },
  "core.gardener.cloud": { Shoot: judgeShoot },
  "work.karmada.io": { ResourceBinding: judgeBinding, ClusterResourceBinding: judgeBinding },
  "policy.open-cluster-management.io": {
    Policy: judgePolicy,
    CertificatePolicy: judgePolicy,
    ConfigurationPolicy: judgeConfigurationPolicy,
    OperatorPolicy: onceObserved(
      byConditions([
        ["Compliant", "True", "Healthy"],
        ["Compliant", "*", "Degraded"],
      ]),
    ),
  },
};
