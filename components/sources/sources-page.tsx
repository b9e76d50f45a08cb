"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useDeferredValue, useMemo } from "react";
import type { FluxSourceList } from "#lib/api/source-contract.ts";
import { fluxSourceKey, type FluxSource } from "#lib/model/flux-source.ts";
import { LimitList, LimitsBanner } from "#components/applications/limits-banner.tsx";
import { ProblemBanner, ProblemPlaceholder } from "#components/live/problem.tsx";
import { setQuery } from "#components/live/use-query-param.ts";
import { Button } from "#components/ui/button.tsx";
import { countWords } from "#components/ui/count-words.ts";
import { Placeholder } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { useHeldRows } from "#components/ui/use-held-rows.ts";
import { AutomationPanel } from "./automation-panel.tsx";
import { SourceBar } from "./source-bar.tsx";
import { SourceDrawer } from "./source-drawer.tsx";
import { allSources, readSourceList, showSources, writeSourceList, type SourceListState } from "./source-list.ts";
import { SourceTable } from "./source-table.tsx";
import { SourceViews, useSourceView } from "./source-views.tsx";
import { useSources } from "./use-sources.ts";

const none: FluxSource[] = [];

/** What Flux works with beside applications: its sources, or image automation, notifications and the operator's objects. */
export function SourcesPage() {
  const view = useSourceView();
  return (
    <div className="flex h-full flex-col">
      <SourceViews view={view} />
      {view === "sources" ? <SourceList /> : <AutomationPanel section={view} />}
    </div>
  );
}

/** All that Flux fetches from: what it has, what fails and why, who takes it. Failures first. */
function SourceList() {
  const { data, error, isPending, refetch } = useSources();
  const params = useSearchParams();
  const state = useMemo(() => readSourceList(new URLSearchParams(params)), [params]);
  const change = useCallback((next: SourceListState) => setQuery(writeSourceList(next), { push: false }), []);
  const wanted = useDeferredValue(state);
  const items = data?.items ?? none;
  const shown = useMemo(() => showSources(items, wanted), [items, wanted]);
  const { ordered, stale, hold } = useHeldRows(shown.rows, JSON.stringify(wanted), fluxSourceKey);
  const open = items.find((item) => fluxSourceKey(item) === params.get("source"));

  if (error && !data) return <ProblemPlaceholder error={error} onRetry={() => void refetch()} />;
  const waiting = isPending || (items.length === 0 && data?.state === "syncing");
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <SourceBar
        state={state}
        change={change}
        shown={shown}
        total={waiting ? undefined : items.length}
        resort={stale ? () => hold(false) : undefined}
      />
      {data && items.length > 0 && <LimitsBanner limits={data.limits} />}
      {error && (
        <div className="px-5 py-2">
          <ProblemBanner error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {waiting ? (
        <SkeletonLines lines={12} label="Loading sources" />
      ) : ordered.length > 0 ? (
        <SourceTable
          rows={ordered}
          state={state}
          onSort={(sort, descending) => change({ ...state, sort, descending })}
          onOpen={(key) => setQuery({ source: key })}
          hold={hold}
        />
      ) : items.length > 0 ? (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={<Button onClick={() => change(allSources)}>Show all {countWords(items.length)}</Button>}
        >
          No source has all of what you asked for.
        </Placeholder>
      ) : (
        data && <NoSources list={data} />
      )}
      <SourceDrawer source={open} onClose={() => setQuery({ source: undefined })} />
    </div>
  );
}

function NoSources({ list }: { list: FluxSourceList }) {
  const forbidden = list.limits.filter(({ group }) => group === "source.toolkit.fluxcd.io");
  if (forbidden.length > 0)
    return (
      <Placeholder glyph="Unknown" title="You can't see any sources">
        <p className="mb-3">There may be some: your permissions do not reach them. What would be needed:</p>
        <LimitList limits={forbidden} />
      </Placeholder>
    );
  if (list.state === "absent")
    return (
      <Placeholder glyph="Missing" title="This cluster has no Flux sources">
        The API server has no kinds of <code className="mono">source.toolkit.fluxcd.io</code>: Flux's source-controller
        is not installed.
      </Placeholder>
    );
  return (
    <Placeholder glyph="Missing" title="There are no sources yet">
      Git repositories, OCI artifacts, Helm repositories and charts, and buckets that Flux fetches from are listed here,
      with what takes them. This cluster has none.
    </Placeholder>
  );
}
