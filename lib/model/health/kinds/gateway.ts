import { type Condition, conditionsOf, type Fields, fields, findCondition, list, text } from "../fields.ts";
import type { KindRule, KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Gateway API: https://gateway-api.sigs.k8s.io/reference/spec/. Each controller that takes part (a "parent" of a route, an
// "ancestor" of a policy) writes conditions of its own, each with the generation that it saw.

const waiting = verdict("Progressing", "", "Waiting for a controller to report a status");

/** The first word against these conditions: refused or unresolved is Degraded, not yet programmed is Progressing. */
function objection(conditions: readonly unknown[], who: string): Health | undefined {
  for (const type of ["ResolvedRefs", "Accepted"]) {
    const condition = findCondition(conditions, type);
    if (condition?.["status"] === "False") return named(because("Degraded", condition), who);
  }
  const programmed = findCondition(conditions, "Programmed");
  return programmed === undefined || programmed["status"] === "True"
    ? undefined
    : named(because("Progressing", programmed), who);
}

function named(health: Health, who: string): Health {
  if (who === "" || health.message === undefined) return health;
  return { ...health, message: `${who}: ${health.message}` };
}

function isCurrent(object: Fields, conditions: readonly unknown[]): boolean {
  const generation = fields(object["metadata"])["generation"];
  for (const entry of conditions) {
    const observed = fields(entry)["observedGeneration"];
    if (typeof generation === "number" && typeof observed === "number" && observed !== generation) return false;
  }
  return conditions.length > 0;
}

/** `checked`: whether only what was said of the current generation counts (Argo CD asks that of HTTPRoutes only). */
function route(checked: boolean): KindRule {
  return (object) => {
    let accepted = false;
    for (const entry of list(fields(object["status"])["parents"])) {
      const parent = fields(entry);
      const conditions = list(parent["conditions"]);
      if (conditions.length === 0 || (checked && !isCurrent(object, conditions))) continue;
      const against = objection(conditions, text(fields(parent["parentRef"])["name"]));
      if (against !== undefined) return against;
      accepted = true;
    }
    return accepted ? verdict("Healthy") : waiting;
  };
}

function judgeGateway(object: Fields): Health {
  const conditions = conditionsOf(object);
  const listeners = list(fields(object["status"])["listeners"]);
  const against = objection(conditions, "");
  if (against !== undefined) return against;
  for (const entry of listeners) {
    const listener = fields(entry);
    const refused = objection(list(listener["conditions"]), text(listener["name"]) || "listener");
    if (refused !== undefined) return refused;
  }
  return conditions.length + listeners.length > 0 ? verdict("Healthy") : waiting;
}

function judgeClass(object: Fields): Health {
  for (const entry of conditionsOf(object)) {
    const condition: Condition = fields(entry);
    if (condition["type"] !== "Accepted" || !isCurrent(object, [condition])) continue;
    if (condition["status"] === "True") return because("Healthy", condition);
    return because(condition["status"] === "False" ? "Degraded" : "Progressing", condition);
  }
  return waiting;
}

function judgePolicy(object: Fields): Health {
  const ancestors = list(fields(object["status"])["ancestors"]);
  for (const entry of ancestors) if (!isCurrent(object, list(fields(entry)["conditions"]))) return waiting;
  let accepted = false;
  for (const entry of ancestors) {
    const ancestor = fields(entry);
    for (const each of list(ancestor["conditions"])) {
      const condition = fields(each);
      if (condition["type"] !== "Accepted" && condition["type"] !== "ResolvedRefs") continue;
      if (condition["status"] !== "True")
        return named(because("Degraded", condition), text(fields(ancestor["ancestorRef"])["name"]));
      if (condition["type"] === "Accepted") accepted = true;
    }
  }
  return accepted ? verdict("Healthy") : waiting;
}

export const gatewayRules: Readonly<Record<string, KindRules>> = {
  "gateway.networking.k8s.io": {
    Gateway: judgeGateway,
    GatewayClass: judgeClass,
    HTTPRoute: route(true),
    GRPCRoute: route(false),
    TCPRoute: route(true),
    TLSRoute: route(true),
    UDPRoute: route(true),
    BackendTLSPolicy: judgePolicy,
  },
  // Airlock Microgateway's policies attach to a Gateway; its other kinds are configuration.
  "microgateway.airlock.com": {
    "*": (object) => (text(object["kind"]).endsWith("Policy") ? judgePolicy(object) : verdict("Healthy")),
  },
};
