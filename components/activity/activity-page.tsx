"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useMemo, useRef } from "react";
import { activityKey, activityQuery } from "#lib/api/activity-queries.ts";
import type { ActivityEntry } from "#lib/model/activity.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { ProblemBanner, ProblemPlaceholder } from "#components/live/problem.tsx";
import { useApplications } from "#components/live/use-applications.ts";
import { useRefetchOnChange } from "#components/live/use-refetch-on-change.ts";
import { setQuery } from "#components/live/use-query-param.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { Placeholder } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { ActivityBar } from "./activity-bar.tsx";
import { filterKeys, readActivityFilter } from "./activity-filter.ts";
import { ActivityRow } from "./activity-row.tsx";
import { dayWords } from "./activity-words.ts";

/** What happened to everything: deployments, failures, drift and what people did here, newest first. */
export function ActivityPage() {
  const { scope } = useLive();
  const params = useSearchParams();
  const filter = useMemo(() => readActivityFilter(new URLSearchParams(params)), [params]);
  const query = useInfiniteQuery(activityQuery(scope, filter));
  const { data, dataUpdatedAt, error, isPlaceholderData, refetch } = query;
  useRefetchOnChange(activityKey);
  const applications = useApplications().data?.items ?? [];
  const entries = useMemo(() => distinct(data?.pages.flatMap(({ items }) => items) ?? []), [data]);
  const first = data?.pages[0];
  if (error && !data) return <ProblemPlaceholder error={error} onRetry={() => void refetch()} />;
  const narrowed = Object.keys(filter).length > 0;
  return (
    <div className="flex min-h-full flex-col">
      <ActivityBar filter={filter} applications={applications} people={first?.people ?? []} total={first?.total} />
      {error && (
        <div className="px-5 py-2">
          <ProblemBanner error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {first === undefined ? (
        <SkeletonLines lines={14} label="Loading activity" />
      ) : entries.length > 0 ? (
        <div aria-busy={isPlaceholderData} className={cx("bg-surface", isPlaceholderData && "opacity-60")}>
          <Days entries={entries} now={dataUpdatedAt} />
          {query.hasNextPage && (
            <div className="flex justify-center border-t border-line p-4">
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show older
              </Button>
            </div>
          )}
        </div>
      ) : narrowed ? (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={
            <Button
              onClick={() => setQuery(Object.fromEntries(filterKeys.map((key) => [key, undefined])), { push: false })}
            >
              Show all activity
            </Button>
          }
        >
          Nothing that is known to have happened has all of what you asked for.
        </Placeholder>
      ) : (
        <Placeholder glyph="Missing" title="Nothing has happened yet">
          Deployments, failures, drift and actions of the applications that you may read are listed here.
        </Placeholder>
      )}
      {first && (
        <footer className="mt-auto border-t border-line px-3 py-3 text-xs text-muted sm:px-5">
          <p>
            Deployments go back as far as each engine remembers. Drift that went away and recoveries are known since
            Driftglass began to follow this cluster for you, <RelativeTime time={first.since} suffix=" ago" />. Warnings
            and actions are Kubernetes Events, which most clusters keep for an hour.
          </p>
          {first.notes.map((note) => (
            <p key={note} className="mt-1 [overflow-wrap:anywhere]">
              {note}
            </p>
          ))}
        </footer>
      )}
    </div>
  );
}

/* While pages are fetched anew an entry can stand on two of them. */
function distinct(entries: readonly ActivityEntry[]): ActivityEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

/** The entries below their days. j and k go from one to the next, Enter opens it. */
function Days({ entries, now }: { entries: readonly ActivityEntry[]; now: number }) {
  const list = useRef<HTMLDivElement>(null);
  const days = Map.groupBy(entries, ({ time }) => dayWords(time, new Date(now)));
  const step = (by: number) => () => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-entry] a") ?? [])];
    const index = links.findIndex((link) => link === document.activeElement);
    const next = links[index < 0 ? 0 : Math.max(0, Math.min(links.length - 1, index + by))];
    next?.focus({ preventScroll: true });
    next?.closest("[data-entry]")?.scrollIntoView({ block: "nearest" });
  };
  useShortcuts({ j: step(1), k: step(-1), ArrowDown: step(1), ArrowUp: step(-1) });
  return (
    <div ref={list}>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 className="border-y border-line bg-sunken px-3 py-1 text-xs font-medium text-muted sm:px-5">{day}</h2>
          <ol>
            {ofDay.map((entry) => (
              <li
                key={entry.id}
                data-entry={entry.id}
                className="scroll-mt-12 border-b border-line last:border-b-0 focus-within:bg-selected hover:bg-hover"
              >
                <ActivityRow entry={entry} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
