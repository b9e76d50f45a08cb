import { conditionsOf, count, type Fields, fields, findCondition } from "../fields.ts";
import { byFirstCondition, type ConditionLine, type KindRule, type KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Red Hat 3scale: https://github.com/3scale/3scale-operator/tree/master/doc. A condition that is True names the state.

const broken: readonly ConditionLine[] = [
  ["Invalid", "True", "Degraded"],
  ["Orphan", "True", "Degraded"],
  ["Failed", "True", "Degraded"],
];
const capability = byFirstCondition([
  ["Ready", "True", "Healthy"],
  ["Synced", "True", "Healthy"],
  ["Waiting", "True", "Suspended"],
  ...broken,
]);

function unlessState(field: "state" | "developerUserState", rule: KindRule): KindRule {
  return (object) =>
    fields(object["status"])[field] === "suspended" ? verdict("Suspended", "Suspended") : rule(object);
}

function judgeApplication(object: Fields): Health {
  const ready = findCondition(conditionsOf(object), "Ready");
  if (ready?.["status"] === "True") return because("Healthy", ready);
  const exists = count(fields(object["status"])["adminId"]) > 0;
  return because(ready === undefined || exists ? "Progressing" : "Degraded", ready);
}

function judgeTenant(object: Fields): Health {
  const { tenantId, adminId } = fields(object["status"]);
  const ready = findCondition(conditionsOf(object), "Ready");
  if (ready !== undefined && ready["status"] !== "True") return because("Degraded", ready);
  return because(ready !== undefined && count(tenantId) > 0 && count(adminId) > 0 ? "Healthy" : "Progressing", ready);
}

function judgeManager(object: Fields): Health {
  const status = fields(object["status"]);
  const deployments = status["deployments"];
  const { ready, starting, stopped } = fields(deployments);
  if (deployments !== undefined)
    return verdict(ready !== undefined && starting === undefined && stopped === undefined ? "Healthy" : "Progressing");
  const available = findCondition(conditionsOf(object), "Available");
  if (available?.["status"] === "True") return because("Healthy", available);
  return because(
    available?.["reason"] === undefined || available["reason"] === "" ? "Progressing" : "Degraded",
    available,
  );
}

export const threescaleRules: Readonly<Record<string, KindRules>> = {
  "apps.3scale.net": { APIManager: judgeManager },
  "capabilities.3scale.net": {
    Application: unlessState("state", judgeApplication),
    DeveloperUser: unlessState("developerUserState", capability),
    Tenant: judgeTenant,
    ActiveDoc: capability,
    ApplicationAuth: capability,
    Backend: capability,
    CustomPolicyDefinition: capability,
    DeveloperAccount: capability,
    OpenAPI: capability,
    Product: capability,
    ProxyConfigPromote: capability,
  },
};
