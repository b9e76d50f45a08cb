import type { QueryClient } from "@tanstack/react-query";
import { everyCluster } from "../model/every-cluster.ts";
import { applyEvent, touchedBy } from "./apply-event.ts";
import { readEvents } from "./client.ts";
import type { ApplicationList } from "./application-contract.ts";
import type { EventLog } from "./event-log.ts";
import type { StreamMessage, StreamState } from "./event-stream.ts";
import type { ClusterEvent } from "./events.ts";
import { applicationsKey, madeByEvent, scopeKey, subjectOf, type Scope } from "./queries.ts";
import { followStream } from "./shared-stream.ts";

/** One cluster that the page follows: whose data of it, and what happened there of late. */
export interface Followed {
  readonly scope: Scope;
  readonly log: EventLog;
}

/** What the page wants to know besides its data. */
export interface LiveHandlers {
  /** The page's own connection to Driftglass; the clusters' are in their lists. */
  readonly onState: (state: StreamState) => void;
  /** The session is over, with the reason in words. */
  readonly onEnded: (reason: string) => void;
  /** Which clusters the session has, where all of them are followed. */
  readonly onClusters: (names: readonly string[]) => void;
}

/**
 * Keeps the query cache of one scope up to date by the event stream, or with `every` those of all the session's clusters by one stream:
 * HTTP/1.1 gives a browser six connections. Returns what stops it.
 */
export function followClusters(
  queries: QueryClient,
  followed: readonly Followed[],
  every: boolean,
  handlers: LiveHandlers,
): () => void {
  const take = (message: StreamMessage): void => {
    if (message.kind === "state") return handlers.onState(message.state);
    if (message.kind === "ended") return handlers.onEnded(message.reason);
    const { event } = message;
    if (event.type === "session-ended") return;
    if (event.type === "clusters") return handlers.onClusters(event.clusters);
    const one = followed.find(({ scope }) => scope.cluster === event.cluster);
    if (one) takeEvent(queries, one.scope, one.log, event);
  };
  const asked = every ? everyCluster : (followed[0]?.scope.cluster ?? "");
  const keys = followed.map(({ scope }) => scopeKey(scope).join(" ")).toSorted();
  return followStream(
    ["driftglass", ...(every ? [everyCluster] : []), ...keys].join(" "),
    (after, signal) => readEvents(asked, after, signal),
    take,
  );
}

/** Applies one event to the cache, and has fetched again what it does not carry. */
export function takeEvent(queries: QueryClient, scope: Scope, log: EventLog, event: ClusterEvent): void {
  log.add(event);
  const key = applicationsKey(scope);
  const list = queries.getQueryData<ApplicationList>(key);
  if (list) {
    const applied = applyEvent(list, event);
    if (applied.list !== list) queries.setQueryData<ApplicationList>(key, madeByEvent(applied.list));
    if (applied.invalidate) missed(queries, scope);
  }
  const touched = touchedBy(event);
  if (touched.length === 0) return;
  // Once for all of them: a merged event names hundreds, and each look goes through everything that is cached.
  const keys = new Set(touched);
  void queries.invalidateQueries({
    queryKey: scopeKey(scope),
    predicate: ({ queryKey }) => keys.has(subjectOf(scope, queryKey) ?? ""),
  });
}

/** Something was missed. A list that is under way is waited for and not asked for again: the log brings it up to date. */
function missed(queries: QueryClient, scope: Scope): void {
  void queries.invalidateQueries({ queryKey: scopeKey(scope) }, { cancelRefetch: false });
}
