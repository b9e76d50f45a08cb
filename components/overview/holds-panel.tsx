"use client";
import Link from "next/link";
import type { Application } from "#lib/model/application.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { personName } from "#components/activity/activity-words.ts";
import { applicationHref } from "#components/live/paths.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Nothing, Panel } from "./panel.tsx";
import { QuickAction } from "./quick-action.tsx";

/** Rollbacks that are being kept: where, by whom, since when, and the way to let go of them. */
export function HoldsPanel({ applications }: { applications: readonly Application[] }) {
  const held = applications.flatMap((application) =>
    application.hold === undefined ? [] : [{ application, hold: application.hold }],
  );
  return (
    <Panel title="Holds" count={held.length}>
      {held.length === 0 ? (
        <Nothing>No rollback is being kept: every application follows its source.</Nothing>
      ) : (
        <ul>
          {held.map(({ application, hold }) => (
            <li
              key={application.uid}
              className="flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover"
            >
              <span className="text-warn">
                <Glyph name="Hold" />
              </span>
              <div className="min-w-0 flex-1">
                <Link
                  href={applicationHref(application)}
                  prefetch={false}
                  className="flex min-w-0 font-medium hover:underline"
                >
                  <MiddleName name={application.name} />
                </Link>
                <span className="block truncate text-xs text-muted" title={hold.by}>
                  at <span className="mono">{shortRevision(hold.revision)}</span> by {personName(hold.by)} ·{" "}
                  <RelativeTime time={hold.at} suffix=" ago" />
                </span>
              </div>
              <QuickAction application={application} action="release-hold" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
