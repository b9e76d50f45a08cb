import { conditionsOf, type Fields, fields, findCondition, list, text } from "../fields.ts";
import { hasStatus } from "../generic.ts";
import { byConditions, inWords, type KindRule, type KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Clouds managed from Kubernetes: Crossplane, Upbound, AWS ACK, Google Config Connector, SAP, iam-manager.

// https://docs.crossplane.io/latest/guides/crossplane-with-argo-cd/ lists these as having no status.
const statusless: ReadonlySet<unknown> = new Set([
  "Composition",
  "CompositionRevision",
  "DeploymentRuntimeConfig",
  "ClusterProviderConfig",
  "ProviderConfig",
  "ProviderConfigUsage",
  "ControllerConfig",
]);
const goodTypes: ReadonlySet<unknown> = new Set([
  "Ready",
  "Healthy",
  "Offered",
  "Established",
  "ValidPipeline",
  "RevisionHealthy",
]);
const provisioning = verdict("Progressing", "Provisioning", "Waiting for the provider");

/** What all Crossplane resources share: a failed sync or async operation is Degraded, Ready is Healthy, else it is on its way. */
function judgeCrossplane(object: Fields): Health {
  const status = fields(object["status"]);
  if (object["status"] === undefined) return verdict("Healthy");
  if (!hasStatus(object) && statusless.has(object["kind"])) return verdict("Healthy");
  if (status["conditions"] === undefined && status["users"] !== undefined) return verdict("Healthy");
  let good: Fields | undefined;
  let known: Fields | undefined;
  for (const entry of conditionsOf(object)) {
    const condition = fields(entry);
    const type = condition["type"];
    if ((type === "LastAsyncOperation" || type === "Synced") && condition["status"] === "False")
      return because("Degraded", condition);
    if (!goodTypes.has(type)) continue;
    if (condition["status"] === "True") good = condition;
    else known ??= condition;
  }
  if (good !== undefined) return because("Healthy", good);
  return known === undefined ? provisioning : because("Progressing", known);
}

/** Managed resources of the classic AWS provider: Synced tells whether the last reconcile worked, Ready whether it is there. */
function judgeManaged(object: Fields): Health {
  const conditions = conditionsOf(object);
  if (fields(object["status"])["conditions"] === undefined) return provisioning;
  const ready = findCondition(conditions, "Ready");
  const synced = findCondition(conditions, "Synced");
  if (synced?.["status"] !== "True")
    return because(synced?.["reason"] === "ReconcilePaused" ? "Suspended" : "Degraded", synced);
  return because(ready?.["status"] === "True" ? "Healthy" : "Progressing", ready);
}

function judgePackage(object: Fields): Health {
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return provisioning;
  const installed = findCondition(conditions, "Installed");
  const healthy = findCondition(conditions, "Healthy");
  if (installed?.["status"] !== "True") return because("Degraded", installed);
  return because(healthy?.["status"] === "True" ? "Healthy" : "Degraded", healthy);
}

function judgeStackInstall(object: Fields): Health {
  const ready = findCondition(list(fields(fields(object["status"])["conditionedStatus"])["conditions"]), "Ready");
  return because(ready?.["status"] === "True" ? "Healthy" : "Progressing", ready);
}

/** https://cloud.google.com/config-connector/docs/how-to/monitoring-your-resources: the reason of Ready is the state. */
function judgeConfigConnector(object: Fields): Health {
  const status = fields(object["status"]);
  const observed = status["observedGeneration"];
  if (observed !== undefined && observed !== fields(object["metadata"])["generation"])
    return verdict("Progressing", "GenerationNotObserved");
  if (typeof status["healthy"] === "boolean" && text(object["kind"]).startsWith("ConfigConnector")) {
    return verdict(status["healthy"] ? "Healthy" : "Degraded", "", list(status["errors"]).map(text).join(", "));
  }
  for (const entry of conditionsOf(object)) {
    const condition = fields(entry);
    if (condition["reason"] === "UpToDate" && condition["status"] === "True") return because("Healthy", condition);
    if (condition["reason"] === "UpdateFailed" || condition["reason"] === "DependencyNotFound")
      return because("Degraded", condition);
    if (condition["reason"] === "DependencyNotReady") return because("Suspended", condition);
  }
  return verdict("Progressing", "Updating", "The update is in progress");
}

/** https://github.com/keikoproj/iam-manager: the states that it does not leave without help. */
function judgeIamRole(object: Fields): Health {
  const status = fields(object["status"]);
  const state = text(status["state"]);
  if (state === "Ready") return verdict("Healthy", state);
  const failed =
    state === "Error" ||
    state === "RolesMaxLimitReached" ||
    state === "PolicyNotAllowed" ||
    state === "RoleNameNotAvailable";
  return failed ? verdict("Degraded", state, text(status["errorDescription"])) : inWords("Progressing", state, object);
}

/** https://azure.github.io/azure-service-operator/design/resource-states/: only severity Error needs a person; a Warning is tried again. */
function judgeAzure(object: Fields): Health | undefined {
  const ready = findCondition(conditionsOf(object), "Ready");
  if (ready === undefined) return undefined;
  if (ready["status"] === "True") return because("Healthy", ready);
  return because(ready["severity"] === "Error" ? "Degraded" : "Progressing", ready);
}

const managed: KindRule = judgeManaged;

/** https://github.com/SAP/sap-btp-service-operator: it takes a failure to say that the broker did not agree. */
function judgeBrokered(object: Fields): Health {
  const conditions = conditionsOf(object);
  const generation = fields(object["metadata"])["generation"];
  for (const entry of conditions) {
    const condition = fields(entry);
    const observed = condition["observedGeneration"];
    if (typeof observed === "number" && typeof generation === "number" && observed !== generation) {
      return verdict("Progressing", "GenerationNotObserved");
    }
    const failed = condition["type"] === "Failed" && condition["status"] === "True";
    if (failed || (condition["type"] === "Succeeded" && condition["status"] === "False")) {
      return because("Degraded", condition);
    }
  }
  return conditions.length === 0 ? provisioning : verdict("Healthy");
}

export const cloudRules: Readonly<Record<string, KindRules>> = {
  "cloudfront.aws.crossplane.io": { Distribution: managed },
  "rds.aws.crossplane.io": { DBCluster: managed, DBInstance: managed },
  "s3.aws.crossplane.io": { Bucket: managed },
  "iam.aws.crossplane.io": { Policy: managed, Role: managed, RolePolicyAttachment: managed },
  "route53.aws.crossplane.io": { ResourceRecordSet: managed },
  "pkg.crossplane.io": { Provider: judgePackage },
  "stacks.crossplane.io": { ClusterStackInstall: judgeStackInstall },
  "iammanager.keikoproj.io": { Iamrole: judgeIamRole },
  "services.cloud.sap.com": { ServiceInstance: judgeBrokered, ServiceBinding: judgeBrokered },
};

/** Rules of whole domains, by the end of the group's name: their groups are generated, one for each cloud service. */
export const cloudDomainRules: ReadonlyArray<readonly [domain: string, rule: KindRule]> = [
  [".crossplane.io", judgeCrossplane],
  [".upbound.io", judgeCrossplane],
  [".cnrm.cloud.google.com", judgeConfigConnector],
  [".azure.com", judgeAzure],
  [
    ".services.k8s.aws", // https://aws-controllers-k8s.github.io/docs/
    byConditions([
      ["ACK.Terminal", "True", "Degraded"],
      ["Ready", "True", "Healthy"],
      ["Ready", "False", "Progressing"],
    ]),
  ],
];
