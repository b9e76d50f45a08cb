import { queryOptions, replaceEqualDeep } from "@tanstack/react-query";
import { applicationKey, type ApplicationRef } from "../model/application.ts";
import { resourceKey, type ResourceRef } from "../model/resource-ref.ts";
import * as client from "./client.ts";
import type { ApplicationList } from "./application-contract.ts";
import { sourcesTouched } from "./events.ts";
import type { Session } from "./session-contract.ts";
import { isApiError } from "./errors.ts";
import type { EventLog } from "./event-log.ts";

/** Whose data of which cluster: part of every key, so that nothing cached for one person is shown to another (CVE-2025-14269). */
export interface Scope {
  readonly cluster: string;
  /** Differs for every person. */
  readonly epoch: string;
}

/** The scope of a session in one of its clusters. */
export function scopeOf(session: Session, cluster = session.cluster): Scope {
  const { username, uid, groups } =
    [...session.clusters, ...session.lost].find(({ name }) => name === cluster)?.identity ?? session.identity;
  // Not of the login: the same person who logs in again goes on with what is there.
  return { cluster, epoch: JSON.stringify([username, uid, groups]) };
}

/** Whether another try may help: faults of the network and of the cluster, and not answers. For `defaultOptions.queries.retry`. */
export function mayRetry(failures: number, error: Error): boolean {
  const status = isApiError(error) ? error.problem.status : 0;
  return failures < 3 && (status === 0 || status >= 500);
}

/** The beginning of all keys of a scope. */
export function scopeKey(scope: Scope) {
  return ["driftglass", scope.epoch, scope.cluster] as const;
}

/** The key of the list of applications. */
export function applicationsKey(scope: Scope) {
  return [...scopeKey(scope), "applications"] as const;
}

/** The beginning of all keys that belong to one application, by its `applicationKey`. */
export function unitKey(scope: Scope, key: string) {
  return [...scopeKey(scope), "application", key] as const;
}

/** The key of the list of sources. */
export function sourcesKey(scope: Scope) {
  return [...scopeKey(scope), "sources"] as const;
}

export const sessionQuery = () =>
  queryOptions({
    queryKey: ["driftglass", "session"],
    queryFn: ({ signal }) => client.getSession(signal),
    staleTime: 60_000,
  });

/** The list; the stream keeps it fresh, so it is fetched once, and again when something was missed. */
export const applicationsQuery = (scope: Scope, log: EventLog) =>
  queryOptions({
    queryKey: applicationsKey(scope),
    queryFn: ({ signal }) => currentList(scope, log, signal),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: (before, after) => (byEvents.has(after as object) ? after : replaceEqualDeep(before, after)),
  });

/** Lists whose unchanged rows are the same objects already: looking for equal ones among thousands with each event would find none. */
const byEvents = new WeakSet<object>();

/** Says of a list that an event has made it of the one before. */
export function madeByEvent(list: ApplicationList): ApplicationList {
  byEvents.add(list);
  return list;
}

/** What of a scope a query is about, as `touched` of an event calls it: an application's key, or the list of sources. Undefined for all else. */
export function subjectOf(scope: Scope, queryKey: readonly unknown[]): string | undefined {
  const [what, key] = queryKey.slice(scopeKey(scope).length);
  if (what === "application") return String(key);
  return what === "sources" ? sourcesTouched : undefined;
}

/** Flux's sources; the stream says when to fetch them again. */
export const sourcesQuery = (scope: Scope) =>
  queryOptions({
    queryKey: sourcesKey(scope),
    queryFn: ({ signal }) => client.getSources(scope.cluster, signal),
  });

/** The key of the list of Flux's other objects. */
export function automationKeyOf(scope: Scope) {
  return [...scopeKey(scope), "automation"] as const;
}

/** Flux's image automation, notifications and operator objects; nothing follows them, so they are fetched again while somebody looks. */
export const automationQuery = (scope: Scope) =>
  queryOptions({
    queryKey: automationKeyOf(scope),
    queryFn: ({ signal }) => client.getAutomation(scope.cluster, signal),
    refetchInterval: 15_000,
  });

export const applicationQuery = (scope: Scope, unit: ApplicationRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "detail"],
    queryFn: ({ signal }) => client.getApplication(scope.cluster, unit, signal),
  });

export const resourcesQuery = (scope: Scope, unit: ApplicationRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "resources"],
    queryFn: ({ signal }) => client.getResources(scope.cluster, unit, signal),
  });

export const historyQuery = (scope: Scope, unit: ApplicationRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "history"],
    queryFn: ({ signal }) => client.getHistory(scope.cluster, unit, signal),
  });

export const diffQuery = (scope: Scope, unit: ApplicationRef, from: string, to: string) =>
  queryOptions({
    queryKey: [...of(scope, unit), "diff", from, to],
    queryFn: ({ signal }) => client.getDiff(scope.cluster, unit, from, to, signal),
  });

/** Two applications; fetched again when it is looked at again, because either may have changed. */
export const comparisonQuery = (scope: Scope, left: string, right: string) =>
  queryOptions({
    queryKey: [...scopeKey(scope), "comparison", left, right],
    queryFn: ({ signal }) => client.getComparison(scope.cluster, left, right, signal),
  });

export const driftQuery = (scope: Scope, unit: ApplicationRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "drift"],
    queryFn: ({ signal }) => client.getDrift(scope.cluster, unit, {}, signal),
  });

/** A live object of an application; fetched again when the application is touched. */
export const liveResourceQuery = (scope: Scope, unit: ApplicationRef, ref: ResourceRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "live", resourceKey(ref)],
    queryFn: ({ signal }) => client.getLiveResource(scope.cluster, ref, signal),
  });

/** What this person can do with an object of an application. */
export const resourcePermissionsQuery = (scope: Scope, unit: ApplicationRef, ref: ResourceRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "may", resourceKey(ref)],
    queryFn: ({ signal }) => client.getResourcePermissions(scope.cluster, ref, signal),
  });

/** The Kubernetes events of an application and of everything it has. */
export const applicationEventsQuery = (scope: Scope, unit: ApplicationRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "events"],
    queryFn: ({ signal }) => client.getApplicationEvents(scope.cluster, unit, signal),
  });

/** The Kubernetes events of an object of an application. */
export const resourceEventsQuery = (scope: Scope, unit: ApplicationRef, ref: ResourceRef) =>
  queryOptions({
    queryKey: [...of(scope, unit), "events", resourceKey(ref)],
    queryFn: ({ signal }) => client.getResourceEvents(scope.cluster, ref, signal),
  });

function of(scope: Scope, unit: ApplicationRef) {
  return unitKey(scope, applicationKey(unit));
}

/** How long the list waits for the stream; where there is none, as behind a proxy that holds it back, it comes all the same. Milliseconds. */
const streamPatience = 1000;

async function currentList(scope: Scope, log: EventLog, signal: AbortSignal): Promise<ApplicationList> {
  await log.greeted(streamPatience);
  const first = log.catchUp(await client.getApplications(scope.cluster, signal));
  if (!first.invalidate) return first.list;
  // Once more: it was under way while the server or the stream changed. If it still does not fit, the stream is behind and will say hello.
  return log.catchUp(await client.getApplications(scope.cluster, signal)).list;
}
