"use client";
import type { ActivityEntry } from "#lib/model/activity.ts";
import { lookOf, personName } from "#components/activity/activity-words.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { toneText } from "#components/ui/tone.ts";

/** What happened between two deployments, in one quiet line. */
export function TimelineEvent({ entry }: { entry: ActivityEntry }) {
  const look = lookOf(entry);
  const { time, what, message, by, reason, count, kind } = entry;
  const leads = kind === "action" || (message?.includes(what) ?? false) ? undefined : what;
  const said = [leads, message, reason !== undefined && `“${reason}”`].filter(Boolean).join(" · ");
  return (
    <li className="flex min-h-9 items-center gap-3 border-b border-line bg-sunken py-1.5 pr-4 pl-13 text-muted last:border-b-0 max-sm:pl-4">
      <span className={cx("inline-flex shrink-0", toneText[look.tone])}>
        <Glyph name={look.glyph} />
      </span>
      <span className="shrink-0 text-ink">{look.word}</span>
      {count !== undefined && count > 1 && <span className="tabular shrink-0 text-xs">×{count}</span>}
      <span className="min-w-0 flex-1 max-sm:line-clamp-2 sm:truncate" title={said}>
        {said}
      </span>
      {by !== undefined && (
        <span className="max-w-40 shrink-0 truncate max-sm:hidden" title={by}>
          <span className="sr-only">by </span>
          {personName(by)}
        </span>
      )}
      <span className="tabular shrink-0 text-right sm:w-16">
        <RelativeTime time={time} />
      </span>
    </li>
  );
}
