"use client";
import { rowKey, type Application } from "#lib/model/application.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { personName } from "#components/activity/activity-words.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ApplicationLink, Line, Nothing, Panel } from "./panel.tsx";
import { QuickAction } from "./quick-action.tsx";

/** Rollbacks that are being kept: where, by whom, since when, and the way to let go of them. */
export function HoldsPanel({ applications }: { applications: readonly Application[] }) {
  const { across } = useLive();
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
            <Line key={rowKey(application)}>
              <span className="text-warn">
                <Glyph name="Hold" />
              </span>
              <div className="min-w-0 flex-1">
                <ApplicationLink application={application} />
                <span className="block truncate text-xs text-muted" title={hold.by}>
                  {across && `${application.cluster} · `}
                  at <span className="mono">{shortRevision(hold.revision)}</span> by {personName(hold.by)} ·{" "}
                  <RelativeTime time={hold.at} suffix=" ago" />
                </span>
              </div>
              <QuickAction application={application} action="release-hold" />
            </Line>
          ))}
        </ul>
      )}
    </Panel>
  );
}
