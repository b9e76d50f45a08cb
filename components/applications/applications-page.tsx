"use client";
import { useDeferredValue, useMemo } from "react";
import type { Application } from "#lib/model/application.ts";
import type { Limit } from "#lib/api/contract.ts";
import { ProblemBanner, ProblemPlaceholder } from "#components/live/problem.tsx";
import { useApplications } from "#components/live/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { applyList, emptyState } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import { LimitList, LimitsBanner } from "./limits-banner.tsx";
import { ListSkeleton } from "./list-skeleton.tsx";
import { ListTable } from "./list-table.tsx";
import { isNarrowed } from "./list-url.ts";
import { useHeldRows } from "./use-held-rows.ts";
import { useListState } from "./use-list-state.ts";

const none: Application[] = [];

/** The list of everything, the worst first. */
export function ApplicationsPage() {
  const { data, error, isPending, refetch } = useApplications();
  const [state, change] = useListState();
  const wanted = useDeferredValue(state);
  const items = data?.items ?? none;
  const list = useMemo(() => applyList(items, wanted), [items, wanted]);
  const { ordered, stale, hold } = useHeldRows(list.rows, JSON.stringify(wanted));

  if (error && !data) return <ProblemPlaceholder error={error} onRetry={() => void refetch()} />;
  return (
    <div className="flex h-full flex-col">
      <FilterBar
        state={state}
        change={change}
        facets={list.facets}
        shown={list.rows.length}
        total={items.length}
        resort={stale ? () => hold(false) : undefined}
      />
      {/* While the cluster does not answer, nothing can be read: that is no lack of permission. */}
      {data && items.length > 0 && data.connection.state !== "disconnected" && <LimitsBanner limits={data.limits} />}
      {error && (
        <div className="px-5 py-2">
          <ProblemBanner error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {isPending ? (
        <ListSkeleton />
      ) : ordered.length > 0 ? (
        <ListTable
          rows={ordered}
          state={state}
          onSort={(sort, descending) => change({ ...state, sort, descending })}
          hold={hold}
        />
      ) : isNarrowed(state) && items.length > 0 ? (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={<Button onClick={() => change(emptyState)}>Show all {items.length.toLocaleString("en")}</Button>}
        >
          No application has all of what you asked for.
        </Placeholder>
      ) : data?.connection.state === "catching-up" ? (
        <ListSkeleton />
      ) : (
        <NoApplications limits={data?.limits ?? []} />
      )}
    </div>
  );
}

function NoApplications({ limits }: { limits: Limit[] }) {
  if (limits.length > 0) {
    return (
      <Placeholder glyph="Unknown" title="You can't see any applications">
        <p className="mb-3">There may be some: your permissions do not reach them. What would be needed:</p>
        <LimitList limits={limits} />
      </Placeholder>
    );
  }
  return (
    <Placeholder glyph="Missing" title="There are no applications yet">
      Driftglass lists Flux Kustomizations and HelmReleases, Argo CD Applications, Helm releases, and workloads applied
      with kubectl that share an <code className="mono">app.kubernetes.io/part-of</code> or{" "}
      <code className="mono">instance</code> label. This cluster has none of them.
    </Placeholder>
  );
}
