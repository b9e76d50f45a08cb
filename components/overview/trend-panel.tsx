"use client";
import { lazy, Suspense } from "react";
import type { Overview, Trend } from "#lib/api/activity-contract.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Panel } from "./panel.tsx";
import { bucketWords } from "./trend-words.ts";

/* The chart library is big and nothing else needs it: it comes when the page is there. */
const TrendChart = lazy(() => import("./trend-chart.tsx"));

/** Deployments and failures over the last day or two weeks: as a chart, and as a table for those who can't see one. */
export function TrendPanel({ overview }: { overview: Overview }) {
  const [asked] = useQueryParam("trend");
  const step = asked === "days" ? "days" : "hours";
  const trend = overview[step];
  const deployments = trend.buckets.reduce((sum, bucket) => sum + bucket.deployments, 0);
  const failures = trend.buckets.reduce((sum, bucket) => sum + bucket.failures, 0);
  return (
    <Panel
      title="Trend"
      more={
        <Segmented
          label="Span"
          value={step}
          onChange={(value) => setQuery({ trend: value === "hours" ? undefined : value }, { push: false })}
          items={[
            { value: "hours", label: "24 hours", icon: null },
            { value: "days", label: "14 days", icon: null },
          ]}
        />
      }
    >
      <p className="flex flex-wrap gap-x-4 px-4 pt-3 text-muted">
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-ok-bar" />
          <span className="tabular text-ink">{deployments}</span> deployments
        </span>
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-bad-bar" />
          <span className="tabular text-ink">{failures}</span> failures
        </span>
      </p>
      <div className="h-44 px-2 pt-2">
        <Suspense>
          <TrendChart trend={trend} />
        </Suspense>
      </div>
      <details className="border-t border-line px-4 py-2">
        <summary className="text-muted">As a table</summary>
        <TrendTable trend={trend} />
      </details>
    </Panel>
  );
}

function TrendTable({ trend }: { trend: Trend }) {
  const told = trend.buckets.filter(({ deployments, failures }) => deployments + failures > 0).toReversed();
  if (told.length === 0) return <p className="py-2">Nothing in this span.</p>;
  return (
    <table className="tabular mt-2 w-full text-right">
      <thead className="text-xs text-muted">
        <tr className="[&>th]:font-normal">
          <th scope="col" className="text-left">
            {trend.step === "hour" ? "Hour" : "Day"}
          </th>
          <th scope="col">Deployments</th>
          <th scope="col">Failures</th>
        </tr>
      </thead>
      <tbody>
        {told.map((bucket) => (
          <tr key={bucket.from}>
            <th scope="row" className="text-left font-normal">
              {bucketWords(bucket.from, trend.step)}
            </th>
            <td>{bucket.deployments}</td>
            <td>{bucket.failures}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
