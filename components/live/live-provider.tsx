"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import type { Session } from "#lib/api/session-contract.ts";
import { EventLog } from "#lib/api/event-log.ts";
import type { StreamState } from "#lib/api/event-stream.ts";
import { followCluster } from "#lib/api/live.ts";
import { scopeOf, sessionQuery, type Scope } from "#lib/api/queries.ts";
import { setLinkCluster } from "./paths.ts";
import { sessionEnded, useLogins } from "./session-end.ts";

/** What everything below needs in order to read: whose data of which cluster, and how the stream is. */
export type Live = {
  session: Session;
  scope: Scope;
  log: EventLog;
  stream: { state: StreamState; since: string; opened: boolean };
  /** False while the browser takes over what the server has drawn. */
  hydrated: boolean;
};

const LiveContext = createContext<Live | undefined>(undefined);

/** Looked at now and then while the page is in sight: requests keep a session, streams do not. */
const sessionEvery = 5 * 60_000;

/** Knows who is logged in, which cluster is shown, and keeps the cache up to date by the event stream. */
export function LiveProvider({ session: first, children }: { session: Session; children: ReactNode }) {
  const queries = useQueryClient();
  const session = useQuery({ ...sessionQuery(), initialData: first, refetchInterval: sessionEvery }).data;
  const asked = useSearchParams().get("cluster");
  // One that was lost is still the one that is shown: the page waits for a login.
  const known = [...session.clusters, ...session.lost];
  const cluster = known.find((each) => each.name === asked)?.name ?? session.cluster;
  const { epoch } = scopeOf(session, cluster);
  const logins = useLogins();
  const scope = useMemo<Scope>(() => ({ cluster, epoch }), [cluster, epoch]);
  // One log for each scope: events of two clusters are never mixed. A login without leaving the page opens the stream anew.
  const log = useMemo(() => newLog(scope, logins), [scope, logins]);
  const [stream, setStream] = useState<Live["stream"]>(() => ({
    state: "connecting",
    since: new Date().toISOString(),
    opened: false,
  }));
  // The server draws links for all sessions alike, without a cluster; the browser takes them over as they are, then puts it in.
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (hydrated) setLinkCluster(cluster === session.cluster ? undefined : cluster);

  useEffect(() => {
    return followCluster(queries, scope, log, {
      onState: (state) =>
        setStream((last) => {
          const was = last.state === "open";
          const is = state === "open";
          return { state, opened: last.opened || is, since: was === is ? last.since : new Date().toISOString() };
        }),
      onEnded: (reason) => {
        void queries.invalidateQueries({ queryKey: sessionQuery().queryKey });
        const now = queries.getQueryData<Session>(sessionQuery().queryKey);
        sessionEnded(reason, now && now.clusters.length + now.lost.length > 1 ? scope.cluster : undefined);
      },
    });
  }, [queries, scope, log]);
  const live = useMemo<Live>(
    () => ({ session, scope, log, stream, hydrated }),
    [session, scope, log, stream, hydrated],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

function never(): () => void {
  return () => undefined;
}

function newLog(_scope: Scope, _logins: number): EventLog {
  return new EventLog();
}

/** What {@link LiveProvider} knows. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error("useLive needs a LiveProvider above it");
  return live;
}
