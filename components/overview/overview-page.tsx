"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";
import { overviewKey, overviewQuery } from "#lib/api/activity-queries.ts";
import { LimitList, limitsOf, LimitsBanner } from "#components/applications/limits-banner.tsx";
import { useLive } from "#components/live/live-provider.tsx";
import { ProblemBanner, ProblemPlaceholder } from "#components/live/problem.tsx";
import { useApplications } from "#components/live/use-applications.ts";
import { useRefetchOnChange } from "#components/live/use-refetch-on-change.ts";
import { Placeholder } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { attention } from "./attention.ts";
import { AttentionPanel } from "./attention-panel.tsx";
import { ClustersPanel } from "./clusters-panel.tsx";
import { CountsPanel } from "./counts-panel.tsx";
import { HoldsPanel } from "./holds-panel.tsx";
import { Panel } from "./panel.tsx";
import { RecentPanel } from "./recent-panel.tsx";
import { SourcesPanel } from "./sources-panel.tsx";
import { SummaryStrip } from "./summary-strip.tsx";
import { TrendPanel } from "./trend-panel.tsx";

/** Whether everything is all right, and if not, what to do about it: the first thing that a person sees. */
export function OverviewPage() {
  const { across } = useLive();
  const { data, error, refetch } = useApplications();
  const items = data?.items;
  const urgent = useMemo(() => attention(items ?? []), [items]);
  if (items === undefined)
    return error ? (
      <ProblemPlaceholder error={error} onRetry={() => void refetch()} />
    ) : (
      <>
        <Title />
        <SkeletonLines lines={14} label="Loading the overview" />
      </>
    );
  const limits = data ? limitsOf(data) : [];
  if (items.length === 0)
    return (
      <>
        <h1 className="sr-only">Overview</h1>
        {limits.length > 0 ? (
          <Placeholder glyph="Unknown" title="You can't see any applications">
            <p className="mb-3">There may be some: your permissions do not reach them. What would be needed:</p>
            <LimitList limits={limits} />
          </Placeholder>
        ) : (
          <Placeholder glyph="Missing" title="There are no applications yet">
            What Flux, Argo CD, Helm or kubectl apply in this cluster shows up here as soon as it is there.
          </Placeholder>
        )}
      </>
    );
  return (
    <div className="flex min-h-full flex-col">
      <Title>
        <SummaryStrip applications={items} />
      </Title>
      <LimitsBanner limits={limits} />
      {/* One column on a phone, in the order of urgency; two where there is room. */}
      <div className="grid items-start gap-4 p-3 sm:p-5 xl:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <AttentionPanel items={urgent} total={items.length} />
          <CountsPanel applications={items} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {across && data?.clusters && <ClustersPanel clusters={data.clusters} applications={items} />}
          <HoldsPanel applications={items} />
          {!across && <OfOneCluster />}
        </div>
      </div>
    </div>
  );
}

/** What is known of one cluster at a time: its sources, and what happened there. */
function OfOneCluster() {
  const { scope } = useLive();
  const overview = useQuery(overviewQuery(scope));
  useRefetchOnChange(overviewKey);
  return (
    <>
      <SourcesPanel />
      {overview.data ? (
        <>
          <TrendPanel overview={overview.data} />
          <RecentPanel overview={overview.data} />
        </>
      ) : overview.error ? (
        <ProblemBanner error={overview.error} onRetry={() => void overview.refetch()} />
      ) : (
        <>
          <Panel title="Trend">
            <div className="h-61" />
          </Panel>
          <Panel title="The last hour">
            <SkeletonLines lines={6} label="Loading what happened" />
          </Panel>
        </>
      )}
    </>
  );
}

function Title({ children }: { children?: ReactNode }) {
  return (
    <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-3 py-2.5 sm:px-5">
      <h1 className="text-base font-semibold">Overview</h1>
      {children}
    </div>
  );
}
