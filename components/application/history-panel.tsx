"use client";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import { applicationKey } from "#lib/model/application.ts";
import type { Intent } from "#components/actions/action-words.ts";
import { mergeTimeline } from "#components/history/timeline.ts";
import { TimelineEvent } from "#components/history/timeline-event.tsx";
import { useUnitActivity } from "#components/history/use-unit-activity.ts";
import { inCluster } from "#components/live/paths.ts";
import { Pending } from "#components/live/pending.tsx";
import { useHistory } from "#components/live/queries.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Banner, Placeholder } from "#components/ui/notice.tsx";
import { RevisionCompare } from "./revision-compare.tsx";
import { RevisionRow } from "./revision-row.tsx";

/** What was deployed when; two of them compared; any of them brought back. */
export function HistoryPanel({ detail, onIntent }: { detail: ApplicationDetail; onIntent: (intent: Intent) => void }) {
  const { application } = detail;
  const { data, error, refetch } = useHistory(application);
  const activity = useUnitActivity(application).data?.items;
  const [only, setOnly] = useQueryParam("only");
  const [from] = useQueryParam("from");
  const [to] = useQueryParam("to");
  const comparison = useRef<HTMLDivElement>(null);
  const ready = data !== undefined;
  // What was asked for stands below a list that may be long.
  useEffect(() => {
    if (ready && from !== undefined && to !== undefined) comparison.current?.scrollIntoView({ block: "nearest" });
  }, [ready, from, to]);
  if (data === undefined) return <Pending error={error} onRetry={refetch} lines={10} label="Loading the history" />;
  if (data.items.length === 0)
    return (
      <Placeholder glyph="Missing" title="No history">
        {data.message ?? "Nothing has been deployed yet, or the engine keeps no record."}
      </Placeholder>
    );
  const alone = only === "deployments";
  const items = mergeTimeline(data.items, alone ? [] : (activity ?? []));
  /* Choosing keeps the older one on the left: what was chosen last replaces the one on its own side. */
  const choose = (id: string) => {
    if (id === from) return setQuery({ from: undefined });
    if (id === to) return setQuery({ to: undefined });
    const place = (other: string | undefined) => data.items.findIndex((item) => item.id === other);
    const other = to ?? from;
    if (other === undefined) return setQuery({ to: id });
    const older = place(id) > place(other);
    return setQuery(older ? { from: id, to: other } : { from: other, to: id });
  };
  return (
    <div className="flex flex-col gap-4 p-3 sm:p-5">
      {data.message !== undefined && (
        <Banner tone="idle" glyph="Unknown">
          {data.message}
        </Banner>
      )}
      <div>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <p className="text-muted" role="status">
            {from !== undefined && to !== undefined
              ? "Comparing two revisions"
              : to !== undefined || from !== undefined
                ? "Choose a second revision to compare it with"
                : "Choose two revisions to compare them"}
          </p>
          <span className="flex items-center gap-4">
            <Checkbox checked={alone} onChange={(on) => setOnly(on ? "deployments" : undefined)}>
              Deployments only
            </Checkbox>
            <Link
              href={inCluster(`/activity?application=${encodeURIComponent(applicationKey(application))}`)}
              className="text-accent hover:underline"
            >
              All its activity
            </Link>
          </span>
        </div>
        <ol aria-label="Revisions, newest first" className="overflow-hidden rounded-lg border border-line bg-surface">
          {items.map((item) =>
            item.kind === "event" ? (
              <TimelineEvent key={item.entry.id} entry={item.entry} />
            ) : (
              <RevisionRow
                key={item.revision.id}
                revision={item.revision}
                detail={detail}
                side={item.revision.id === from ? "from" : item.revision.id === to ? "to" : undefined}
                onChoose={() => choose(item.revision.id)}
                onChanges={item.previous && (() => setQuery({ from: item.previous?.id, to: item.revision.id }))}
                onRollback={() => onIntent({ action: "rollback", revision: item.revision })}
              />
            ),
          )}
        </ol>
      </div>
      {from !== undefined && to !== undefined && (
        <div ref={comparison} className="scroll-my-4">
          <RevisionCompare unit={application} from={from} to={to} revisions={data.items} />
        </div>
      )}
    </div>
  );
}
