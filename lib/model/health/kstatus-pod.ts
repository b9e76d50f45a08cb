import { containerTrouble, withTrouble } from "./containers.ts";
import { type Fields, fields, findCondition, list, text } from "./fields.ts";
import { because, type Health, verdict } from "./verdict.ts";

const scheduleWindow = 15_000;

/**
 * A Pod by kstatus: a finished one is Current whatever its end, a crash loop is Failed, and one that can't be
 * scheduled is Failed after 15 seconds. Source: kubernetes-sigs/cli-utils `pkg/kstatus/status/core.go`.
 */
export function judgeKstatusPod(object: Fields, now = Date.now()): Health {
  const status = fields(object["status"]);
  const conditions = list(status["conditions"]);
  const phase = text(status["phase"]);
  switch (phase) {
    case "Succeeded":
      return verdict("Healthy", "Completed", "The Pod has completed");
    case "Failed":
      return withTrouble(
        verdict(
          "Healthy",
          text(status["reason"]) || "Failed",
          text(status["message"]) || "The Pod has completed, but not successfully",
        ),
        containerTrouble(status),
      );
    case "Running": {
      const ready = findCondition(conditions, "Ready");
      if (ready?.["status"] === "True") return verdict("Healthy");
      const crashLoop = hasCrashLoop(status["containerStatuses"]);
      return withTrouble(
        verdict(
          crashLoop ? "Degraded" : "Progressing",
          text(ready?.["reason"]) || "PodRunningNotReady",
          text(ready?.["message"]) || "The Pod is running but not ready",
        ),
        containerTrouble(status),
      );
    }
    case "Pending": {
      const scheduled = findCondition(conditions, "PodScheduled");
      if (scheduled?.["status"] === "False" && scheduled["reason"] === "Unschedulable") {
        const created = Date.parse(text(fields(object["metadata"])["creationTimestamp"]));
        return because(now - scheduleWindow < created ? "Progressing" : "Degraded", scheduled);
      }
      return withTrouble(
        verdict("Progressing", "PodPending", text(status["message"]) || "The Pod is pending"),
        containerTrouble(status),
      );
    }
    case "":
      return verdict("Progressing", "PodNotObserved", "The Pod has no phase yet");
    default:
      return verdict("Unknown", phase, `Unknown Pod phase ${phase}`);
  }
}

function hasCrashLoop(containers: unknown): boolean {
  for (const entry of list(containers)) {
    if (fields(fields(fields(entry)["state"])["waiting"])["reason"] === "CrashLoopBackOff") return true;
  }
  return false;
}
