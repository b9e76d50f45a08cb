"use client";
import Link from "next/link";
import { useMemo } from "react";
import { engines, type Application } from "#lib/model/application.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { facetTitle } from "#components/applications/facet-words.ts";
import { clusterFacet } from "#components/applications/list-url.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { inCluster } from "#components/live/paths.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { countWords } from "#components/ui/count-words.ts";
import { cx } from "#components/ui/cx.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { toneText } from "#components/ui/tone.ts";
import { countBy, countColumns, type CountGroup, type CountRow } from "./counts.ts";
import { Panel } from "./panel.tsx";

/* The rest is in the list, grouped the same way. */
const mostRows = 12;

const groups = ["cluster", "engine", "namespace"] as const satisfies readonly CountGroup[];

/** How many applications of each engine or namespace, or of each of several clusters, are in which state; each number leads to them. */
export function CountsPanel({ applications }: { applications: readonly Application[] }) {
  const [asked] = useQueryParam("by");
  const { across } = useLive();
  const usual = across ? "cluster" : "engine";
  const by = groups.find((each) => each === asked && (across || each !== "cluster")) ?? usual;
  const rows = useMemo(() => countBy(applications, by), [applications, by]);
  const part = by === "cluster" ? clusterFacet : by;
  const columns = countColumns.filter(({ key }) => rows.some((row) => row[key] > 0));
  return (
    <Panel
      title="Counts"
      more={
        <Segmented
          label="Counts by"
          value={by}
          onChange={(value) => setQuery({ by: value === usual ? undefined : value }, { push: false })}
          items={groups
            .filter((each) => across || each !== "cluster")
            .map((value) => ({ value, label: facetTitle[value], icon: null }))}
        />
      }
    >
      <div className="overflow-x-auto">
        <table className="tabular w-full text-right">
          <thead className="text-xs text-muted">
            <tr className="[&>th]:h-8 [&>th]:px-2 [&>th]:font-normal [&>th:first-child]:pl-4 [&>th:last-child]:pr-4">
              <th scope="col" className="text-left">
                {facetTitle[by]}
              </th>
              {columns.map(({ key }) => (
                <th key={key} scope="col">
                  {key}
                </th>
              ))}
              <th scope="col">All</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <tr
                key={row.group}
                className="border-t border-line hover:bg-hover [&>*]:h-9 [&>*]:px-2 [&>*:first-child]:pl-4 [&>*:last-child]:pr-4"
              >
                <th scope="row" className="max-w-40 truncate text-left font-medium" title={row.group}>
                  {nameOf(row, by)}
                </th>
                {columns.map(({ key, facet, tone }) => (
                  <td key={key}>
                    {row[key] === 0 ? (
                      <span className="text-subtle">–</span>
                    ) : (
                      <Number
                        href={`/apps?${part}=${encodeURIComponent(row.group)}&${facet}=${key}`}
                        label={`${row[key]} ${key} in ${nameOf(row, by)}`}
                        className={cx(toneText[tone], tone !== "ok" && "font-medium")}
                        count={row[key]}
                      />
                    )}
                  </td>
                ))}
                <td>
                  <Number
                    href={`/apps?${part}=${encodeURIComponent(row.group)}`}
                    label={`All ${row.total} in ${nameOf(row, by)}`}
                    className="text-ink"
                    count={row.total}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > mostRows && (
        <p className="border-t border-line px-4 py-2 text-muted">
          And {rows.length - mostRows} more, in less trouble.{" "}
          <Link href={inCluster(`/apps?group=${by}`)} className="text-accent hover:underline">
            All, grouped
          </Link>
        </p>
      )}
    </Panel>
  );
}

function Number(props: { href: string; label: string; className: string; count: number }) {
  return (
    <Link
      href={inCluster(props.href)}
      prefetch={false}
      aria-label={props.label}
      className={cx("rounded-sm px-1 hover:underline", props.className)}
    >
      {countWords(props.count)}
    </Link>
  );
}

function nameOf({ group }: CountRow, by: CountGroup): string {
  const engine = by === "engine" ? engines.find((each) => each === group) : undefined;
  return engine === undefined ? group : engineLabel[engine];
}
