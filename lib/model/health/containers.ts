import { count, type Fields, fields, list, text } from "./fields.ts";
import { type Health, verdict } from "./verdict.ts";

/** What a container is stuck in, in the kubelet's word and a sentence for people. */
type ContainerTrouble = { reason: string; message: string };

/**
 * The first container that is in trouble, init containers before the others, as that is the order they run in:
 * "worker: CrashLoopBackOff, exit 1, restarted 4 times".
 */
export function containerTrouble(status: Fields): ContainerTrouble | undefined {
  return firstTrouble(status["initContainerStatuses"]) ?? firstTrouble(status["containerStatuses"]);
}

/** Whether the kubelet waits with this container because of an error: Argo CD's reading of waiting reasons. */
export function isErrorReason(reason: string): boolean {
  return reason.startsWith("Err") || reason.endsWith("Error") || reason.endsWith("BackOff");
}

/** The verdict with what a container says about it, where one says something. */
export function withTrouble(health: Health, trouble: ContainerTrouble | undefined): Health {
  return trouble === undefined ? health : verdict(health.status, trouble.reason, trouble.message);
}

function firstTrouble(containers: unknown): ContainerTrouble | undefined {
  for (const entry of list(containers)) {
    const trouble = troubleOf(fields(entry));
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

function troubleOf(container: Fields): ContainerTrouble | undefined {
  const state = fields(container["state"]);
  const waiting = fields(state["waiting"]);
  const terminated = fields(state["terminated"]);
  const last = fields(fields(container["lastState"])["terminated"]);
  const waitReason = text(waiting["reason"]);
  if (isErrorReason(waitReason))
    return describe(container, waitReason, last, waitReason === "CrashLoopBackOff" ? "" : text(waiting["message"]));
  if (count(terminated["exitCode"]) !== 0)
    return describe(container, text(terminated["reason"]) || "Error", terminated, text(terminated["message"]));
  if (container["ready"] === false && count(last["exitCode"]) !== 0)
    return describe(container, text(last["reason"]) || "Error", last, text(last["message"]));
  return undefined;
}

function describe(container: Fields, reason: string, exit: Fields, detail: string): ContainerTrouble {
  let message = `${text(container["name"])}: ${reason}`;
  const exitReason = text(exit["reason"]);
  if (exitReason !== "" && exitReason !== "Error" && exitReason !== reason) message += `, ${exitReason}`;
  if (count(exit["exitCode"]) !== 0) message += `, exit ${count(exit["exitCode"])}`;
  const restarts = count(container["restartCount"]);
  if (restarts > 0) message += restarts === 1 ? ", restarted once" : `, restarted ${restarts} times`;
  if (detail !== "") message += `, ${detail}`;
  return { reason, message };
}
