import { conditionsOf, type Fields, fields, findCondition, text } from "../fields.ts";
import { byWord, inWords, type KindRules } from "../rules.ts";
import { because, type Health, verdict } from "../verdict.ts";

// Virtual machines: https://kubevirt.io/user-guide/

/** A VirtualMachine that is not ready is starting if it has been created, and was stopped by someone if not. */
function judgeMachine(object: Fields): Health {
  const conditions = conditionsOf(object);
  const status = fields(object["status"]);
  const paused = findCondition(conditions, "Paused");
  if (paused?.["status"] === "True") return because("Suspended", paused);
  const ready = findCondition(conditions, "Ready");
  const shown = text(status["printableStatus"]);
  if (ready?.["status"] === "True") return verdict("Healthy", "", shown);
  const stopped = ready !== undefined && status["created"] !== true;
  return verdict(stopped ? "Suspended" : "Progressing", shown || text(ready?.["reason"]), text(ready?.["message"]));
}

function judgeInstance(object: Fields): Health {
  const phase = text(fields(object["status"])["phase"]);
  switch (phase) {
    case "Failed":
      return inWords("Degraded", phase, object);
    case "Pending":
    case "Scheduling":
    case "Scheduled":
      return inWords("Progressing", phase, object);
    case "Succeeded":
      return inWords("Suspended", phase, object);
    case "Unknown":
      return inWords("Unknown", phase, object);
    default: {
      const conditions = conditionsOf(object);
      const paused = findCondition(conditions, "Paused");
      if (paused?.["status"] === "True") return because("Suspended", paused);
      const ready = findCondition(conditions, "Ready");
      if (ready === undefined) return verdict("Progressing", phase, "Waiting for its status");
      return because(ready["status"] === "True" ? "Healthy" : "Degraded", ready);
    }
  }
}

const importPhase = byWord("status.phase", {
  Succeeded: "Healthy",
  Failed: "Degraded",
  Unknown: "Degraded",
  Paused: "Suspended",
});

/** A DataVolume's importer Pod can fail again and again while the phase stays "ImportInProgress". */
function judgeDataVolume(object: Fields): Health | undefined {
  const running = findCondition(conditionsOf(object), "Running");
  return running?.["status"] === "False" && running["reason"] === "Error"
    ? because("Degraded", running)
    : importPhase(object);
}

export const kubevirtRules: Readonly<Record<string, KindRules>> = {
  "kubevirt.io": { VirtualMachine: judgeMachine, VirtualMachineInstance: judgeInstance },
  "cdi.kubevirt.io": { DataVolume: judgeDataVolume },
};
