"use client";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import type { Connection } from "#lib/api/connection-contract.ts";
import { problemOf } from "#lib/api/errors.ts";
import { mergeLists, type ListPart, type MergedList } from "#lib/api/merged-list.ts";
import { applicationsKey, applicationsQuery } from "#lib/api/queries.ts";
import { useLive, type Live } from "./live-provider.tsx";

/** The applications that are shown, and how reading them goes. */
export type Applications = {
  /** With all clusters, what has come of them so far: undefined while nothing has. */
  data: ApplicationList | undefined;
  error: Error | null;
  isPending: boolean;
  dataUpdatedAt: number;
  refetch: () => Promise<unknown>;
};

/** All applications of the cluster that is shown, or of all of them, kept up to date by the stream. Each cluster is read and kept by itself. */
export function useApplications(): Applications {
  const { session, across, parts } = useLive();
  const results = useQueries({ queries: parts.map(({ scope, log }) => applicationsQuery(scope, log)) });
  const queries = useQueryClient();
  // Stays the same function, so that what it is given to is not drawn again for it.
  const refetch = useCallback(
    () =>
      Promise.all(parts.map(({ scope }) => queries.refetchQueries({ queryKey: applicationsKey(scope), exact: true }))),
    [queries, parts],
  );
  const [first] = results;
  if (!across || first === undefined)
    return {
      data: first?.data,
      error: first?.error ?? null,
      isPending: first?.isPending ?? true,
      dataUpdatedAt: first?.dataUpdatedAt ?? 0,
      refetch,
    };
  const read = parts.map(({ scope: { cluster } }, index): ListPart => {
    const result = results[index];
    if (result?.data) return { cluster, list: result.data };
    return { cluster, connection: unread(cluster, result?.error ?? undefined) };
  });
  const none = !read.some((part) => "list" in part);
  return {
    data: none ? undefined : merged([...read, ...lostParts(session)]),
    error: none ? (results.find(({ error }) => error)?.error ?? null) : null,
    isPending: none && results.some(({ isPending }) => isPending),
    dataUpdatedAt: Math.max(...results.map((result) => result.dataUpdatedAt)),
    refetch,
  };
}

/** Clusters that the person is no longer logged in to: nothing of them is shown, and nothing is live without them. */
function lostParts(session: Live["session"]): ListPart[] {
  return session.lost.map(({ name, reason }) => ({
    cluster: name,
    connection: { state: "disconnected", since: sinceOf(`${name} ${reason}`), message: reason },
  }));
}

function unread(cluster: string, error: Error | undefined): Connection {
  if (error === undefined)
    return { state: "catching-up", since: sinceOf(`${cluster} reading`), message: "Its applications are being read." };
  const { title, detail = title } = problemOf(error);
  return { state: "disconnected", since: sinceOf(`${cluster} ${detail}`), message: detail };
}

/* When a page first knew of something that has no time of its own. */
const known = new Map<string, string>();

function sinceOf(what: string): string {
  const time = known.get(what) ?? new Date().toISOString();
  known.set(what, time);
  return time;
}

/* Several parts of the page want the same list: it is put together once, and let go of with what it is made of. */
const merges = new WeakMap<ApplicationList, { parts: readonly ListPart[]; list: MergedList }>();

function merged(parts: readonly ListPart[]): MergedList {
  const first = parts.find((part) => "list" in part)?.list;
  const last = first && merges.get(first);
  if (last && isSame(last.parts, parts)) return last.list;
  const list = mergeLists(parts);
  if (first) merges.set(first, { parts, list });
  return list;
}

function isSame(before: readonly ListPart[], now: readonly ListPart[]): boolean {
  return (
    before.length === now.length &&
    now.every((part, index) => {
      const other = before[index];
      if (other?.cluster !== part.cluster) return false;
      if ("list" in part) return "list" in other && other.list === part.list;
      return !("list" in other) && JSON.stringify(other.connection) === JSON.stringify(part.connection);
    })
  );
}
