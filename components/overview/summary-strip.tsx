"use client";
import Link from "next/link";
import type { Application } from "#lib/model/application.ts";
import { inCluster } from "#components/live/paths.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { toneText } from "#components/ui/tone.ts";
import { countBy, countColumns, sumOf } from "./counts.ts";

/** The whole fleet in one line: how many are in which state. Each number leads to them. */
export function SummaryStrip({ applications }: { applications: readonly Application[] }) {
  const sum = sumOf(countBy(applications, "engine"));
  return (
    <ul className="grid grid-cols-3 gap-2 sm:flex sm:flex-wrap" aria-label="Applications by state">
      <li>
        <Tile href="/apps" count={sum.total} word={sum.total === 1 ? "application" : "applications"} />
      </li>
      {countColumns
        .filter(({ key }) => sum[key] > 0)
        .map(({ key, facet, tone }) => (
          <li key={key}>
            <Tile
              href={key === "Drifted" ? "/drift" : `/apps?${facet}=${key}`}
              count={sum[key]}
              word={key}
              glyph={<Glyph name={key === "Drifted" ? "Drift" : key} className={cx("size-4", toneText[tone])} />}
            />
          </li>
        ))}
    </ul>
  );
}

function Tile({ href, count, word, glyph }: { href: string; count: number; word: string; glyph?: React.ReactNode }) {
  return (
    <Link
      href={inCluster(href)}
      prefetch={false}
      className="flex h-9 items-center gap-2 max-sm:gap-1.5 rounded-md border border-line bg-surface px-3 max-sm:px-2 transition-colors hover:border-line-strong hover:bg-hover"
    >
      {glyph}
      <span className="tabular text-base font-semibold">{count.toLocaleString("en")}</span>
      <span className="min-w-0 truncate text-muted max-sm:text-xs">{word}</span>
    </Link>
  );
}
