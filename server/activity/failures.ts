import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { conditionsOf } from "#lib/model/conditions.ts";
import { at, fields, list, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import { refOf } from "./deployments.ts";

/* Conditions whose loss makes an object unhealthy, and those whose presence does. */
const lost = new Set(["Ready", "Available", "Healthy", "ContainersReady", "Released", "PodScheduled"]);
const present = new Set(["Failed", "Stalled", "ReplicaFailure", "FetchFailed", "BuildFailed"]);

/**
 * Why an application is Degraded now, and since when: as the conditions of the resource that causes it tell, else those of its own object.
 * Empty when no time is known, or when it is a failed operation, which the deployments tell.
 */
export function failureOf(
  application: Application,
  own: StoredObject | undefined,
  store: StoreReader,
): ActivityEntry[] {
  const { health, operation } = application;
  if (health.status !== "Degraded") return [];
  // Its own failed work, which the deployments tell.
  if (operation?.phase === "Failed" && (health.cause === undefined || health.message === operation.message)) return [];
  const cause = health.cause === undefined ? undefined : store.get(resourceKey(health.cause));
  const time = (cause && brokenSince(cause)) ?? (own && (argoHealthTime(own) ?? brokenSince(own)));
  if (time === undefined) return [];
  return [failureEntry(application, time)];
}

/** That an application became Degraded then, in the words of its health. */
export function failureEntry(application: Application, time: string): ActivityEntry {
  const { reason, message = reason, cause } = application.health;
  return {
    id: `${healthFailurePrefix(application)}${time}`,
    time,
    kind: "failure",
    result: "failed",
    what: reason ?? "Degraded",
    application: refOf(application),
    ...(cause && { about: cause }),
    ...(message !== undefined && { message }),
  };
}

/** How the id of a {@link failureEntry} begins for an application. */
export function healthFailurePrefix(application: Parameters<typeof applicationKey>[0]): string {
  return `health/${applicationKey(application)}/`;
}

/** When the conditions of an object turned bad, or its last container died; the newest of these, because earlier ones were others. */
function brokenSince({ object }: StoredObject): string | undefined {
  const times = conditionsOf(object)
    .filter(({ type, status }) => (lost.has(type) && status === "False") || (present.has(type) && status === "True"))
    .flatMap(({ lastTransitionTime }) => lastTransitionTime ?? []);
  if (times.length > 0) return times.toSorted().at(-1);
  const deaths = list(at(object, ["status", "containerStatuses"]))
    .map((status) => text(at(status, ["lastState", "terminated", "finishedAt"])))
    .filter((time) => time !== "");
  return deaths.toSorted().at(-1);
}

/** Argo CD writes when an Application's health changed (since 2.13). */
function argoHealthTime({ object, ref }: StoredObject): string | undefined {
  if (ref.kind !== "Application" || ref.group !== "argoproj.io") return undefined;
  return text(fields(fields(object["status"])["health"])["lastTransitionTime"]) || undefined;
}
