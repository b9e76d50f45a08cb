import type { QueryClient } from "@tanstack/react-query";
import { applyEvent, touchedBy } from "./apply-event.ts";
import { readEvents } from "./client.ts";
import type { ApplicationList } from "./application-contract.ts";
import type { EventLog } from "./event-log.ts";
import type { StreamMessage, StreamState } from "./event-stream.ts";
import { sourcesTouched, type StreamEvent } from "./events.ts";
import { applicationsKey, scopeKey, sourcesKey, unitKey, type Scope } from "./queries.ts";
import { followStream } from "./shared-stream.ts";

/** What the page wants to know besides its data. */
export interface LiveHandlers {
  /** The page's own connection to Driftglass; the cluster's is in the list. */
  readonly onState: (state: StreamState) => void;
  /** The session is over, with the reason in words. */
  readonly onEnded: (reason: string) => void;
}

/** Keeps the query cache of a scope up to date by the event stream. Returns what stops it. */
export function followCluster(queries: QueryClient, scope: Scope, log: EventLog, handlers: LiveHandlers): () => void {
  const take = (message: StreamMessage): void => {
    if (message.kind === "state") handlers.onState(message.state);
    else if (message.kind === "ended") handlers.onEnded(message.reason);
    else takeEvent(queries, scope, log, message.event);
  };
  return followStream(
    `driftglass ${scopeKey(scope).join(" ")}`,
    (after, signal) => readEvents(scope.cluster, after, signal),
    take,
  );
}

/** Applies one event to the cache, and has fetched again what it does not carry. */
export function takeEvent(queries: QueryClient, scope: Scope, log: EventLog, event: StreamEvent): void {
  log.add(event);
  const key = applicationsKey(scope);
  const list = queries.getQueryData<ApplicationList>(key);
  if (list) {
    const applied = applyEvent(list, event);
    if (applied.list !== list) queries.setQueryData<ApplicationList>(key, applied.list);
    if (applied.invalidate) missed(queries, scope);
  }
  for (const touched of touchedBy(event)) {
    const concerned = touched === sourcesTouched ? sourcesKey(scope) : unitKey(scope, touched);
    void queries.invalidateQueries({ queryKey: concerned });
  }
}

/** Something was missed. A list that is under way is waited for and not asked for again: the log brings it up to date. */
function missed(queries: QueryClient, scope: Scope): void {
  void queries.invalidateQueries({ queryKey: scopeKey(scope) }, { cancelRefetch: false });
}
