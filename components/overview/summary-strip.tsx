"use client";
import Link from "next/link";
import type { Application } from "#lib/model/application.ts";
import { inCluster } from "#components/live/paths.ts";
import { countWords } from "#components/ui/count-words.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { toneText } from "#components/ui/tone.ts";
import { countBy, countColumns, sumOf } from "./counts.ts";

/** The whole fleet in one line: how many are in which state. Each number leads to them. */
export function SummaryStrip({ applications }: { applications: readonly Application[] }) {
  const sum = sumOf(countBy(applications, "engine"));
  return (
    <ul className="grid grid-cols-4 gap-1.5 sm:flex sm:gap-2 sm:flex-wrap" aria-label="Applications by state">
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

/* On a phone the word stands below its number, so that all of them have room. */
function Tile({ href, count, word, glyph }: { href: string; count: number; word: string; glyph?: React.ReactNode }) {
  return (
    <Link
      href={inCluster(href)}
      prefetch={false}
      className="flex flex-col rounded-md border border-line bg-surface px-2 py-1 transition-colors hover:border-line-strong hover:bg-hover sm:h-9 sm:flex-row sm:items-center sm:gap-2 sm:px-3 sm:py-0"
    >
      <span className="flex items-center gap-1.5 sm:gap-2">
        {glyph}
        <span className="tabular text-base font-semibold">{countWords(count)}</span>
      </span>
      <span className="truncate text-muted max-sm:text-xs">{word}</span>
    </Link>
  );
}
