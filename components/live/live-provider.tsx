"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import {
  createContext,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import type { Session } from "#lib/api/session-contract.ts";
import { EventLog } from "#lib/api/event-log.ts";
import type { StreamState } from "#lib/api/event-stream.ts";
import { followClusters, type Followed } from "#lib/api/live.ts";
import { scopeOf, sessionQuery, type Scope } from "#lib/api/queries.ts";
import { everyCluster } from "#lib/model/every-cluster.ts";
import { setLinkCluster, type Located } from "./paths.ts";
import { sessionEnded, useLogins } from "./session-end.ts";

/** What everything below needs in order to read: whose data of which cluster, and how the stream is. */
export type Live = {
  session: Session;
  /** What is shown: one cluster, or with `*` all of the session's. */
  scope: Scope;
  /** Whether all clusters of the session are shown together. */
  across: boolean;
  /** Each cluster that is shown. */
  parts: readonly Followed[];
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
  const pathname = usePathname();
  const asked = useSearchParams().get("cluster");
  // One that was lost is still the one that is shown: the page waits for a login.
  const known = [...session.clusters, ...session.lost];
  const across = asked === everyCluster && known.length > 1;
  const cluster = known.find((each) => each.name === asked)?.name ?? session.cluster;
  const names = across ? session.clusters.map(({ name }) => name) : [cluster];
  const scopes = JSON.stringify(names.map((name) => scopeOf(session, name)));
  const logins = useLogins();
  // A login without leaving the page opens the stream anew.
  const parts = useMemo(() => newParts(scopes, logins), [scopes, logins]);
  const scope = useMemo<Scope>(
    () => (across ? { cluster: everyCluster, epoch: scopes } : (parts[0]?.scope ?? { cluster: "", epoch: "" })),
    [across, scopes, parts],
  );
  const [stream, setStream] = useState<Live["stream"]>(() => ({
    state: "connecting",
    since: new Date().toISOString(),
    opened: false,
  }));
  // The server draws links for all sessions alike, without a cluster; the browser takes them over as they are, then puts it in, piece by piece.
  const hydrated = useDeferredValue(
    useSyncExternalStore(
      never,
      () => true,
      () => false,
    ),
  );
  if (hydrated) setLinkCluster(across ? everyCluster : cluster === session.cluster ? undefined : cluster, pathname);

  useEffect(() => {
    // Another stream, of other clusters, has lost nothing yet.
    let first = true;
    return followClusters(queries, parts, across, {
      onState: (state) => {
        const begins = first;
        first = false;
        setStream((last) => {
          const was = last.state === "open";
          const is = state === "open";
          const opened = (last.opened && !begins) || is;
          return { state, opened, since: was === is ? last.since : new Date().toISOString() };
        });
      },
      onEnded: (reason) => {
        void queries.invalidateQueries({ queryKey: sessionQuery().queryKey });
        const now = queries.getQueryData<Session>(sessionQuery().queryKey);
        const others = now !== undefined && now.clusters.length + now.lost.length > 1;
        sessionEnded(reason, others && !across ? parts[0]?.scope.cluster : undefined);
      },
      onClusters: (told) => {
        const same = told.length === parts.length && parts.every(({ scope: { cluster } }) => told.includes(cluster));
        if (!same) void queries.invalidateQueries({ queryKey: sessionQuery().queryKey });
      },
    });
  }, [queries, parts, across]);
  const live = useMemo<Live>(
    () => ({ session, scope, across, parts, stream, hydrated }),
    [session, scope, across, parts, stream, hydrated],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

function never(): () => void {
  return () => undefined;
}

/* One log for each cluster: events of two are never mixed. */
function newParts(scopes: string, _logins: number): Followed[] {
  return (JSON.parse(scopes) as Scope[]).map((scope) => ({ scope, log: new EventLog() }));
}

/** What {@link LiveProvider} knows. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error("useLive needs a LiveProvider above it");
  return live;
}

/** Where to read about an application: in its own cluster where all are shown, else in the one that is. */
export function useScopeOf({ cluster }: Located): Scope {
  const { scope, across, parts } = useLive();
  return (across && parts.find((part) => part.scope.cluster === cluster)?.scope) || scope;
}
