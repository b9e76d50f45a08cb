"use client";
import { useMemo } from "react";
import { applicationKey } from "#lib/model/application.ts";
import { useApplications } from "#components/live/queries.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { applyList, emptyState } from "#components/applications/filter.ts";
import { useQueryParam, setQuery } from "#components/live/use-query-param.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { DriftedApplication } from "./drifted-application.tsx";

/** Everything that has drifted: which application, which field, from what to what, written by whom and when. */
export function DriftPage() {
  const { data, error, refetch } = useApplications();
  const [query = ""] = useQueryParam("q");
  const items = data?.items;
  const drifted = useMemo(() => items?.filter((item) => item.drift.status === "Drifted"), [items]);
  const rows = useMemo(
    () => (drifted ? applyList(drifted, { ...emptyState, query, sort: "name" }).rows : []),
    [drifted, query],
  );
  if (drifted === undefined)
    return error ? (
      <ProblemPlaceholder error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={12} label="Loading drift" />
    );
  const unknown = items?.filter((item) => item.drift.status === "Unknown").length ?? 0;
  return (
    <div className="flex flex-col">
      <div className="sticky top-0 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-3 py-2.5 sm:px-5">
        <h1 className="mr-2 text-base font-semibold">Drift</h1>
        <Input
          type="search"
          aria-label="Filter drifted applications"
          placeholder="Name, namespace, label…"
          value={query}
          onChange={(event) => setQuery({ q: event.target.value || undefined }, { push: false })}
          className="h-7 flex-1 sm:max-w-80"
        />
        <span role="status" className="tabular ml-auto text-muted">
          {drifted.length === 1 ? "1 application" : `${drifted.length} applications`}
          {unknown > 0 && ` · ${unknown} unknown`}
        </span>
      </div>
      {rows.length > 0 ? (
        <ul>
          {rows.map((row) => (
            <DriftedApplication key={applicationKey(row)} application={row} />
          ))}
        </ul>
      ) : drifted.length > 0 ? (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={<Button onClick={() => setQuery({ q: undefined })}>Show all {drifted.length}</Button>}
        />
      ) : (
        <Placeholder glyph="Healthy" tone="ok" title="Nothing has drifted">
          What is in the cluster is what was last applied
          {unknown > 0
            ? `, as far as is known: of ${unknown} applications it is not.`
            : ", in every application that you can see."}
        </Placeholder>
      )}
    </div>
  );
}
