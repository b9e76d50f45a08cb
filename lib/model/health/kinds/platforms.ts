import { at, conditionsOf, type Fields, fields, findCondition, list, text } from "../fields.ts";
import { byConditions, byWord, inWords, type KindRule, type KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Platforms and their parts: OLM, OpenShift, Fleet, Kargo, Gatekeeper, cert-manager's ACME, autoscalers, logging and networks.

/** What OpenShift's cluster operators mean by the three: https://github.com/openshift/enhancements clusteroperator dev guide. */
const clusterOperator = byConditions([
  ["Degraded", "True", "Degraded"],
  ["Failing", "True", "Degraded"],
  ["Progressing", "True", "Progressing"],
  ["Available", "False", "Degraded"],
  ["Available", "True", "Healthy"],
]);

/** github.com/openshift/machine-config-operator: a pool can be degraded by a node or by rendering alone. */
const machineConfigPool = byConditions([
  ["RenderDegraded", "True", "Degraded"],
  ["NodeDegraded", "True", "Degraded"],
  ["Degraded", "True", "Degraded"],
  ["Updating", "True", "Progressing"],
  ["Updated", "True", "Healthy"],
]);

/** https://fleet.rancher.io/ref-status-fields: the state that Fleet itself shows. */
const fleet = byWord("status.display.state", {
  Ready: "Healthy",
  ErrApplied: "Degraded",
  Modified: "Degraded",
  Error: "Degraded",
  GitUpdating: "Progressing",
});

/** https://open-cluster-management.io/docs/concepts/cluster-inventory/managedcluster/: Unknown means that its agent has fallen silent. */
const managedCluster = byConditions([
  ["HubAcceptedManagedCluster", "False", "Suspended"],
  ["ManagedClusterConditionAvailable", "True", "Healthy"],
  ["ManagedClusterConditionAvailable", "False", "Degraded"],
  ["ManagedClusterConditionAvailable", "Unknown", "Degraded"],
]);

/** Gatekeeper reports by pod. Violations are what a constraint finds, not a fault of the constraint. */
function judgeGatekeeper(object: Fields): Health {
  const status = fields(object["status"]);
  const pods = list(status["byPod"]).map(fields);
  const error = pods.flatMap((pod) => list(pod["errors"]).map(fields))[0];
  if (error !== undefined) return verdict("Degraded", text(error["code"]), text(error["message"]));
  const done = pods.length > 0 && pods.every((pod) => pod["enforced"] !== false) && status["created"] !== false;
  return done ? verdict("Healthy") : verdict("Progressing", "", "Waiting for Gatekeeper to take it up");
}

/** https://kargo.akuity.io: a stage that promotes is on its way, whatever its health was. */
const stage = byConditions([
  ["Promoting", "True", "Progressing"],
  ["Healthy", "False", "Degraded"],
  ["Ready", "False", "Degraded"],
  ["Ready", "True", "Healthy"],
]);

/** vertical-pod-autoscaler types.go: a target that matches nothing, or can't be handled, never gets a recommendation. */
const verticalAutoscaler = byConditions([
  ["ConfigUnsupported", "True", "Degraded"],
  ["NoPodsMatched", "True", "Degraded"],
  ["RecommendationProvided", "True", "Healthy"],
  ["RecommendationProvided", "False", "Progressing"],
]);

/** Ready is not done: an order still has to be finalized (https://cert-manager.io/docs/reference/api-docs/#acme.cert-manager.io/v1.State). */
const acmeState = byWord("status.state", {
  valid: "Healthy",
  invalid: "Degraded",
  expired: "Degraded",
  errored: "Degraded",
});

/** https://cert-manager.io/docs/usage/certificaterequest/#conditions */
const certificateRequest = byConditions([
  ["Denied", "True", "Degraded"],
  ["InvalidRequest", "True", "Degraded"],
  ["Ready", "True", "Healthy"],
  ["Ready", "False", "Progressing", ["Pending"]],
  ["Ready", "False", "Degraded"],
]);

function judgeValidity(object: Fields): Health {
  const { valid, error } = fields(object["status"]);
  if (valid === undefined) return verdict("Progressing", "", "Waiting for the operator to check it");
  return valid === true ? verdict("Healthy") : verdict("Degraded", "Invalid", text(error));
}

/** https://kube-logging.dev/docs/configuration/crds/v1beta1/: problems are listed; what is not active is not rendered. */
function judgeLogging(object: Fields): Health {
  const { active, problems } = fields(object["status"]);
  const first = text(list(problems)[0]);
  if (first !== "") return verdict("Degraded", "Problems", first);
  return active === false ? verdict("Suspended", "Inactive", "Nothing uses it") : verdict("Healthy");
}

/** LokiStack and TempoStack: one of the conditions is True, and it says all. */
const stack = byConditions([
  ["Failed", "True", "Degraded"],
  ["Degraded", "True", "Degraded"],
  ["ConfigurationError", "True", "Degraded"],
  ["Pending", "True", "Progressing"],
  ["Ready", "True", "Healthy"],
]);

/** https://istio.io/latest/docs/reference/config/meta/v1beta1/istio-status/: analysis messages, where istiod writes them. */
function judgeIstio(object: Fields): Health | undefined {
  const bad = list(fields(object["status"])["validationMessages"])
    .map(fields)
    .find(({ level }) => level === "ERROR" || level === 3);
  if (bad === undefined) return undefined;
  return verdict("Degraded", text(fields(bad["type"])["code"]), text(fields(bad["type"])["name"]));
}

const ipPool = byConditions([["cilium.io/PoolConflict", "True", "Degraded"]], "Healthy");

/** https://docs.cilium.io/en/stable/network/kubernetes/ciliumendpoint/ */
const endpoint = byWord("status.state", { ready: "Healthy", invalid: "Degraded", disconnected: "Degraded" });

/** Deployed alone is not enough: what an event source or sensor was given must be sound, too (argo-events pkg/apis). */
function allOf(...types: readonly string[]): KindRule {
  return (object) => {
    const conditions = conditionsOf(object);
    const known = types.map((type) => findCondition(conditions, type)).filter((found) => found !== undefined);
    const bad = known.find((found) => found["status"] === "False");
    if (bad !== undefined) return because("Degraded", bad);
    const open = known.find((found) => found["status"] !== "True");
    if (open !== undefined) return because("Progressing", open);
    return known.length > 0 ? verdict("Healthy") : verdict("Progressing");
  };
}

function judgeConnection(object: Fields): Health {
  const state = text(at(object, ["status", "connectionState", "lastObservedState"]));
  if (state === "READY") return verdict("Healthy");
  return inWords(state === "TRANSIENT_FAILURE" ? "Degraded" : "Progressing", state, object);
}

/** https://kyverno.io/docs/policy-types/validating-policy/: the conditions stand one level lower, with a summary beside them. */
function judgePolicyStatus(object: Fields): Health | undefined {
  const status = fields(fields(object["status"])["conditionStatus"]);
  if (typeof status["ready"] !== "boolean") return undefined;
  return verdict(status["ready"] ? "Healthy" : "Progressing", "", status["ready"] ? "" : text(status["message"]));
}
const kyvernoKinds = ["Validating", "Mutating", "Generating", "Deleting", "ImageValidating"].flatMap((kind) => [
  `${kind}Policy`,
  `Namespaced${kind}Policy`,
]);

export const platformRules: Readonly<Record<string, KindRules>> = {
  "config.openshift.io": { ClusterOperator: clusterOperator, ClusterVersion: clusterOperator },
  "machineconfiguration.openshift.io": { MachineConfigPool: machineConfigPool },
  "build.openshift.io": {
    Build: byWord("status.phase", {
      Complete: "Healthy",
      Failed: "Degraded",
      Error: "Degraded",
      Cancelled: "Degraded",
    }),
  },
  "operators.coreos.com": {
    ClusterServiceVersion: byWord("status.phase", { Succeeded: "Healthy", Failed: "Degraded", Unknown: "Unknown" }),
    InstallPlan: byWord("status.phase", { Complete: "Healthy", Failed: "Degraded", RequiresApproval: "Suspended" }),
    CatalogSource: judgeConnection,
  },
  "kubevirt.io": {
    VirtualMachineInstanceMigration: byWord("status.phase", { Succeeded: "Healthy", Failed: "Degraded" }),
  },
  "fleet.cattle.io": { GitRepo: fleet, Bundle: fleet, BundleDeployment: fleet, HelmOp: fleet },
  "cluster.open-cluster-management.io": { ManagedCluster: managedCluster },
  "kamaji.clastix.io": {
    TenantControlPlane: byWord("status.kubernetesResources.version.status", {
      Ready: "Healthy",
      NotReady: "Degraded",
      Sleeping: "Suspended",
    }),
  },
  "capsule.clastix.io": { Tenant: byWord("status.state", { Active: "Healthy", Cordoned: "Suspended" }) },
  "templates.gatekeeper.sh": { ConstraintTemplate: judgeGatekeeper },
  "constraints.gatekeeper.sh": { "*": judgeGatekeeper },
  "policies.kubewarden.io": Object.fromEntries(
    ["AdmissionPolicy", "ClusterAdmissionPolicy", "AdmissionPolicyGroup", "ClusterAdmissionPolicyGroup"].map((kind) => [
      kind,
      byWord("status.policyStatus", { active: "Healthy", unscheduled: "Suspended" }),
    ]),
  ),
  "policies.kyverno.io": Object.fromEntries(kyvernoKinds.map((kind) => [kind, judgePolicyStatus])),
  "kargo.akuity.io": {
    Stage: stage,
    Promotion: byWord("status.phase", {
      Succeeded: "Healthy",
      Failed: "Degraded",
      Errored: "Degraded",
      Aborted: "Degraded",
    }),
  },
  "argoproj.io": {
    EventSource: allOf("SourcesProvided", "Deployed"),
    Sensor: allOf("DependenciesProvided", "TriggersProvided", "Deployed"),
  },
  "autoscaling.k8s.io": { VerticalPodAutoscaler: verticalAutoscaler },
  "cert-manager.io": { CertificateRequest: certificateRequest },
  "acme.cert-manager.io": { Order: acmeState, Challenge: acmeState },
  "secrets.hashicorp.com": { VaultAuth: judgeValidity, VaultConnection: judgeValidity, VaultAuthGlobal: judgeValidity },
  "logging.banzaicloud.io": {
    Flow: judgeLogging,
    ClusterFlow: judgeLogging,
    Output: judgeLogging,
    ClusterOutput: judgeLogging,
    Logging: judgeLogging,
  },
  "loki.grafana.com": { LokiStack: stack },
  "tempo.grafana.com": { TempoStack: stack, TempoMonolithic: stack },
  "networking.istio.io": { "*": judgeIstio },
  "security.istio.io": { "*": judgeIstio },
  "cilium.io": { CiliumLoadBalancerIPPool: ipPool, CiliumEndpoint: endpoint },
  "k8s.keycloak.org": {
    KeycloakRealmImport: byConditions([
      ["HasErrors", "True", "Degraded"],
      ["Done", "True", "Healthy"],
    ]),
  },
  "awx.ansible.com": {
    AWX: byConditions([
      ["Failure", "True", "Degraded"],
      ["Successful", "True", "Healthy"],
    ]),
  },
};
