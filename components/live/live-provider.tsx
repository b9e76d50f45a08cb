"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Session } from "#lib/api/contract.ts";
import { EventLog } from "#lib/api/event-log.ts";
import type { StreamState } from "#lib/api/event-stream.ts";
import { followCluster } from "#lib/api/live.ts";
import { scopeOf, sessionQuery, type Scope } from "#lib/api/queries.ts";
import { setLinkCluster } from "./paths.ts";
import { leaveToLogin } from "./query-client.ts";

/** What everything below needs in order to read: whose data of which cluster, and how the stream is. */
export type Live = {
  session: Session | undefined;
  scope: Scope | undefined;
  log: EventLog;
  stream: { state: StreamState; since: string; opened: boolean };
};

const LiveContext = createContext<Live | undefined>(undefined);

/** Looked at now and then while the page is in sight: requests keep a session, streams do not. */
const sessionEvery = 5 * 60_000;

/** Knows who is logged in, which cluster is shown, and keeps the cache up to date by the event stream. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const session = useQuery({ ...sessionQuery(), refetchInterval: sessionEvery }).data;
  const asked = useSearchParams().get("cluster");
  const cluster = session?.clusters.find((each) => each.name === asked)?.name ?? session?.cluster;
  const epoch = session && scopeOf(session).epoch;
  const scope = useMemo<Scope | undefined>(
    () => (cluster === undefined || epoch === undefined ? undefined : { cluster, epoch }),
    [cluster, epoch],
  );
  // One log for each scope: events of two clusters are never mixed.
  const log = useMemo(() => newLog(scope), [scope]);
  const [stream, setStream] = useState<Live["stream"]>(() => ({
    state: "connecting",
    since: new Date().toISOString(),
    opened: false,
  }));
  if (typeof window !== "undefined") setLinkCluster(cluster === session?.cluster ? undefined : cluster);

  useEffect(() => {
    if (scope === undefined) return undefined;
    return followCluster(queries, scope, log, {
      onState: (state) =>
        setStream((last) => {
          const was = last.state === "open";
          const is = state === "open";
          return { state, opened: last.opened || is, since: was === is ? last.since : new Date().toISOString() };
        }),
      onEnded: leaveToLogin,
    });
  }, [queries, scope, log]);
  const live = useMemo(() => ({ session, scope, log, stream }), [session, scope, log, stream]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function newLog(_scope: Scope | undefined): EventLog {
  return new EventLog();
}

/** What {@link LiveProvider} knows. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error("useLive needs a LiveProvider above it");
  return live;
}
