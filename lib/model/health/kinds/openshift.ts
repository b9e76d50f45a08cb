import { conditionsOf, type Fields, fields, findCondition, list, text } from "../fields.ts";
import { byFirstCondition, type KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// OpenShift, its operators (OLM) and NMState: https://docs.openshift.com/

function judgeDeploymentConfig(object: Fields): Health {
  const replicas = fields(object["status"])["replicas"];
  const conditions = conditionsOf(object);
  if (replicas === undefined || conditions.length === 0) return verdict("Progressing", "", "Waiting for Pods to run");
  if (replicas === 0) return verdict("Healthy", "ScaledToZero");
  const available = findCondition(conditions, "Available");
  const progressing = findCondition(conditions, "Progressing");
  const isAvailable = available?.["status"] === "True";
  const rolledOut = progressing?.["status"] === "True" && progressing["reason"] === "NewReplicationControllerAvailable";
  if (isAvailable && rolledOut) return verdict("Healthy");
  return isAvailable || rolledOut
    ? because("Progressing", isAvailable ? progressing : available)
    : because("Degraded", available);
}

function judgeRoute(object: Fields): Health {
  const routers = list(fields(object["status"])["ingress"]);
  let admitted = 0;
  let refused: Fields | undefined;
  for (const entry of routers) {
    const condition = findCondition(list(fields(entry)["conditions"]), "Admitted");
    if (condition?.["status"] === "True") admitted += 1;
    else if (condition?.["status"] === "False") refused ??= condition;
  }
  if (refused !== undefined) return because("Degraded", refused);
  if (admitted === routers.length && routers.length > 0) return verdict("Healthy");
  return verdict("Progressing", "", "Waiting for a router to admit the route");
}

const brokenWhenTrue: ReadonlySet<unknown> = new Set([
  "CatalogSourcesUnhealthy",
  "InstallPlanFailed",
  "ResolutionFailed",
]);

/**
 * An OLM Subscription: https://olm.operatorframework.io/docs/concepts/crds/subscription/. An upgrade that waits for a
 * person's approval, while the operator is installed, is as wanted.
 */
function judgeSubscription(object: Fields): Health {
  const status = fields(object["status"]);
  const conditions = conditionsOf(object);
  const plan = findCondition(conditions, "InstallPlanPending");
  const pending = plan?.["status"] === "True";
  const manual = fields(object["spec"])["installPlanApproval"] === "Manual" && status["installedCSV"] !== undefined;
  const awaitsApproval = pending && manual && plan["reason"] === "RequiresApproval";
  for (const entry of conditions) {
    const condition = fields(entry);
    const missing =
      condition["type"] === "InstallPlanMissing" && condition["reason"] !== "ReferencedInstallPlanNotFound";
    if (missing || (brokenWhenTrue.has(condition["type"]) && condition["status"] === "True"))
      return because("Degraded", condition);
  }
  const state = text(status["state"]);
  if (state === "UpgradeFailed") return verdict("Degraded", state);
  if (awaitsApproval) return verdict("Healthy", "RequiresApproval", "An upgrade waits for approval");
  if (pending) return because("Progressing", plan);
  return verdict(
    state === "" || state === "UpgradeAvailable" || state === "UpgradePending" ? "Progressing" : "Healthy",
    state,
  );
}

export const openshiftRules: Readonly<Record<string, KindRules>> = {
  "apps.openshift.io": { DeploymentConfig: judgeDeploymentConfig },
  "route.openshift.io": { Route: judgeRoute },
  "operators.coreos.com": { Subscription: judgeSubscription },
  "operator.openshift.io": {
    IngressController: byFirstCondition([
      ["Degraded", "True", "Degraded"],
      ["DeploymentReplicasAllAvailable", "False", "Progressing"],
      ["Progressing", "True", "Progressing"],
      ["Available", "True", "Healthy"],
    ]),
  },
  // https://nmstate.io/kubernetes-nmstate/user-guide/102-configuration: a policy that matches no node is Ignored.
  "nmstate.io": {
    NodeNetworkConfigurationPolicy: byFirstCondition([
      ["Available", "True", "Healthy"],
      ["Degraded", "True", "Degraded"],
      ["Progressing", "True", "Progressing"],
      ["Ignored", "True", "Suspended"],
    ]),
  },
};
