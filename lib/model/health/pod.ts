import { containerTrouble, isErrorReason, withTrouble } from "./containers.ts";
import { type Fields, fields, findCondition, list, text } from "./fields.ts";
import { because, type Health, verdict } from "./verdict.ts";

/**
 * A Pod by Argo CD: one that should run for ever is Degraded when a container waits because of an error or has ended
 * before; one that ends by itself is Progressing until it does. The reason is the container's ("CrashLoopBackOff").
 * Source: argoproj/argo-cd `gitops-engine/pkg/health/health_pod.go`.
 */
export function judgePod(object: Fields): Health {
  const status = fields(object["status"]);
  const forever = runsForEver(object);
  if (forever && anyContainer(status, waitsOnError)) return withTrouble(verdict("Degraded"), containerTrouble(status));
  switch (status["phase"]) {
    case "Pending":
      return pending(status);
    case "Succeeded":
      return verdict("Healthy", "Completed", text(status["message"]));
    case "Failed":
      return failed(status);
    case "Running":
      return running(status, forever, text(fields(object["spec"])["restartPolicy"]));
    default:
      return unknown(status);
  }
}

function pending(status: Fields): Health {
  const scheduled = findCondition(list(status["conditions"]), "PodScheduled");
  if (scheduled?.["status"] === "False") return because("Progressing", scheduled);
  const trouble = containerTrouble(status);
  if (trouble !== undefined) return withTrouble(verdict("Progressing"), trouble);
  const waiting = firstWaiting(status);
  const reason = text(status["reason"]) || text(waiting["reason"]) || "Pending";
  return verdict("Progressing", reason, text(status["message"]) || text(waiting["message"]));
}

function failed(status: Fields): Health {
  const trouble = containerTrouble(status);
  // The kubelet's own words ("The node was low on resource: memory") say more than an exit code.
  if (text(status["message"]) !== "")
    return verdict("Degraded", text(status["reason"]) || trouble?.reason || "Failed", text(status["message"]));
  return withTrouble(verdict("Degraded", text(status["reason"]) || "Failed"), trouble);
}

function running(status: Fields, forever: boolean, restartPolicy: string): Health {
  if (forever) {
    const ready = findCondition(list(status["conditions"]), "Ready");
    if (ready?.["status"] === "True") return verdict("Healthy", "", text(status["message"]));
    const trouble = containerTrouble(status);
    if (anyContainer(status, hasEnded))
      return withTrouble(
        verdict("Degraded", text(ready?.["reason"]) || "ContainersNotReady", text(ready?.["message"])),
        trouble,
      );
    return withTrouble(
      verdict(
        "Progressing",
        text(ready?.["reason"]) || "ContainersNotReady",
        text(ready?.["message"]) || text(status["message"]),
      ),
      trouble,
    );
  }
  if (restartPolicy !== "OnFailure" && restartPolicy !== "Never") return unknown(status);
  return withTrouble(
    verdict("Progressing", "Running", text(status["message"]) || "The Pod runs until it is done"),
    containerTrouble(status),
  );
}

function unknown(status: Fields): Health {
  return verdict("Unknown", text(status["reason"]), text(status["message"]));
}

function runsForEver(object: Fields): boolean {
  const metadata = fields(object["metadata"]);
  if (fields(object["spec"])["restartPolicy"] === "Always") return true;
  const annotations = fields(metadata["annotations"]);
  return annotations["argocd.argoproj.io/ignore-restart-policy"] === "true" && !isHook(annotations);
}

function isHook(annotations: Fields): boolean {
  const hook = text(annotations["argocd.argoproj.io/hook"]) || text(annotations["helm.sh/hook"]);
  return hook !== "" && hook !== "Skip" && hook !== "crd-install";
}

function anyContainer(status: Fields, is: (container: Fields) => boolean): boolean {
  for (const entry of list(status["containerStatuses"])) if (is(fields(entry))) return true;
  return false;
}

function waitsOnError(container: Fields): boolean {
  return isErrorReason(text(fields(fields(container["state"])["waiting"])["reason"]));
}

function hasEnded(container: Fields): boolean {
  return fields(container["lastState"])["terminated"] !== undefined;
}

function firstWaiting(status: Fields): Fields {
  for (const entry of list(status["containerStatuses"])) {
    const waiting = fields(fields(fields(entry)["state"])["waiting"]);
    if (text(waiting["reason"]) !== "") return waiting;
  }
  return fields(undefined);
}
