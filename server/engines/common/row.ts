import type { Application, ApplicationRef, Reason } from "#lib/model/application.ts";
import type { StoredObject } from "#server/kube/store.ts";
import type { RollUp } from "../roll-up.ts";

type Health = Application["health"];
type Sync = Application["sync"];

/** Drift before Driftglass has compared anything. */
export function unjudgedDrift(message?: string): Application["drift"] {
  return { status: "Unknown", count: 0, ...(message !== undefined && { message }) };
}

/** A verdict with its reason and message, those that are known. */
export function healthOf(status: Health["status"], reason?: string, message?: string): Health {
  return { status, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
}

/** A sync verdict with its reason and message, those that are known. */
export function syncOf(status: Sync["status"], reason?: string, message?: string): Sync {
  return { status, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
}

/** What identifies a row: the unit and where its object is from. */
export function identityOf(
  unit: ApplicationRef,
  cluster: string,
  object: StoredObject,
): Pick<Application, "cluster" | "engine" | "namespace" | "name" | "uid" | "createdAt" | "labels"> {
  const { creationTimestamp, labels } = object.object.metadata;
  return {
    cluster,
    engine: unit.engine,
    namespace: unit.namespace,
    name: unit.name,
    uid: object.uid,
    ...(creationTimestamp !== undefined && { createdAt: creationTimestamp }),
    ...(labels !== undefined && Object.keys(labels).length > 0 && { labels: { ...labels } }),
  };
}

/** The lines of "why", the one that decides first: health, sync, what the engine says besides, the roll-up's others. */
export function reasonsOf(health: Health, sync: Sync, further: readonly Reason[], rollUp?: RollUp): Reason[] {
  const reasons: Reason[] = [];
  if (health.status !== "Healthy" && health.message !== undefined) {
    reasons.push({
      about: health.status === "Suspended" ? "suspended" : "health",
      text: health.message,
      ...(health.cause !== undefined && { ref: health.cause }),
    });
  }
  if (sync.status !== "Synced" && sync.message !== undefined) reasons.push({ about: "sync", text: sync.message });
  const known = new Set(reasons.map((reason) => reason.text));
  for (const reason of [...further, ...(rollUp?.reasons ?? [])]) {
    if (known.has(reason.text)) continue;
    known.add(reason.text);
    reasons.push(reason);
  }
  return reasons;
}
