import type { Application, Reason } from "#lib/model/application.ts";
import { formatRef } from "#lib/model/resource-ref.ts";

function driftWords({ top, count }: Application["drift"]): string {
  if (top === undefined)
    return count === 1 ? "one object differs from what was applied" : `${count} objects differ from what was applied`;
  return `${formatRef(top.ref)}: ${top.path} ${top.from ?? "absent"} → ${top.to ?? "absent"}${top.manager === undefined ? "" : ` by ${top.manager}`}`;
}

/** The one reason that a row has room for: why it is unhealthy, else why it is not where it should be. */
export function mainReason(application: Application): Reason | undefined {
  const { reasons, health, sync, operation, drift } = application;
  const find = (about: Reason["about"]) => reasons.find((reason) => reason.about === about);
  const unhealthy = health.status !== "Healthy" && health.status !== "Suspended";
  if (unhealthy) {
    const reason = find("health") ?? find("source") ?? find("operation");
    if (reason) return reason;
    const text = health.message ?? health.reason;
    if (text !== undefined) return { about: "health", text, ...(health.cause && { ref: health.cause }) };
  }
  if (operation?.phase === "Failed") {
    const reason = find("operation");
    if (reason) return reason;
    if (operation.message !== undefined) return { about: "operation", text: operation.message };
  }
  const other =
    find("hold") ??
    find("source") ??
    (sync.status === "OutOfSync" ? find("sync") : undefined) ??
    (drift.status === "Drifted" ? find("drift") : undefined) ??
    find("suspended");
  if (other) return other;
  if (sync.status === "OutOfSync" && (sync.message ?? sync.reason) !== undefined)
    return { about: "sync", text: sync.message ?? sync.reason ?? "" };
  if (drift.status === "Drifted")
    return { about: "drift", text: driftWords(drift), ...(drift.top && { ref: drift.top.ref }) };
  return operation?.phase === "Running" && operation.message !== undefined
    ? { about: "operation", text: operation.message }
    : undefined;
}
