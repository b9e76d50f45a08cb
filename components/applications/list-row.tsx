"use client";
import Link from "next/link";
import { memo, useState } from "react";
import type { Application } from "#lib/model/application.ts";
import { applicationHref } from "#components/live/paths.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Sync } from "#components/ui/status.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import { engineLabel, engineName } from "./engine-label.ts";
import { HealthBar } from "./health-bar.tsx";
import { DriftMark, Marks } from "./marks.tsx";
import { ReasonText } from "./reason-text.tsx";
import { RevisionStep } from "./revision-step.tsx";

type Props = { application: Application };

/** Counts how often a row has changed since it was first drawn; 0 means never, so nothing glows at first. */
export function useChanges(application: Application): number {
  const [seen, setSeen] = useState({ application, changes: 0 });
  if (seen.application !== application) setSeen({ application, changes: seen.changes + 1 });
  return seen.changes;
}

/** The cells of one application, 36 px high. */
export const ListRow = memo(function ListRow({ application }: Props) {
  const changes = useChanges(application);
  const { health, engine } = application;
  return (
    <div className="app-columns relative h-full">
      {changes > 0 && (
        <span key={changes} aria-hidden="true" className="pointer-events-none absolute inset-0 -z-10 animate-glow" />
      )}
      <div role="gridcell" className="flex min-w-0 items-center gap-2">
        <span className={cx("inline-flex", toneText[healthTone[health.status]])}>
          <Glyph name={health.status} />
          <span className="sr-only">{health.status}</span>
        </span>
        <Link
          href={applicationHref(application)}
          prefetch={false}
          tabIndex={-1}
          className="min-w-0 font-medium hover:underline"
        >
          <MiddleName name={application.name} />
        </Link>
        <Marks application={application} />
      </div>
      <div role="gridcell" className="flex min-w-0 text-muted">
        <MiddleName name={application.namespace} />
      </div>
      <div role="gridcell" data-column="engine" className="truncate text-muted" title={engineName[engine]}>
        {engineLabel[engine]}
      </div>
      <div role="gridcell" className="min-w-0">
        <RevisionStep revision={application.revision} />
      </div>
      <div role="gridcell" className="min-w-0">
        <ReasonText application={application} />
      </div>
      <div role="gridcell" data-column="sync" className="flex min-w-0">
        <Sync status={application.sync.status} />
      </div>
      <div role="gridcell" className="flex">
        <DriftMark drift={application.drift} />
      </div>
      <div role="gridcell" data-column="resources">
        <HealthBar resources={application.resources} />
      </div>
      <div role="gridcell" className="tabular text-right text-muted">
        {application.lastDeployedAt === undefined ? (
          <span className="text-subtle">–</span>
        ) : (
          <RelativeTime time={application.lastDeployedAt} />
        )}
      </div>
    </div>
  );
});

/** The same in two lines, for a narrow screen. */
export const ListCard = memo(function ListCard({ application }: Props) {
  const changes = useChanges(application);
  const { health, sync } = application;
  return (
    <div role="gridcell" className="relative flex h-full flex-col justify-center gap-0.5 px-3">
      {changes > 0 && (
        <span key={changes} aria-hidden="true" className="pointer-events-none absolute inset-0 -z-10 animate-glow" />
      )}
      <div className="flex items-center gap-2">
        <span className={cx("inline-flex", toneText[healthTone[health.status]])}>
          <Glyph name={health.status} />
          <span className="sr-only">{health.status}</span>
        </span>
        <Link
          href={applicationHref(application)}
          prefetch={false}
          tabIndex={-1}
          className="min-w-0 text-base font-medium"
        >
          <MiddleName name={application.name} />
        </Link>
        <Marks application={application} />
        <span className="ml-auto flex shrink-0 items-center gap-2">
          {sync.status === "OutOfSync" && (
            <span className="text-warn">
              <Glyph name="OutOfSync" />
              <span className="sr-only">OutOfSync</span>
            </span>
          )}
          {application.drift.status === "Drifted" && <DriftMark drift={application.drift} />}
          {application.lastDeployedAt !== undefined && (
            <RelativeTime time={application.lastDeployedAt} className="tabular text-xs text-muted" />
          )}
        </span>
      </div>
      <div className="flex min-w-0 gap-2 pl-[22px] text-xs">
        <span className={cx("shrink-0 truncate text-muted", mainLine(application) ? "max-w-2/5" : "max-w-7/10")}>
          {application.namespace} · {engineLabel[application.engine]}
        </span>
        <span className="min-w-0 flex-1">
          {mainLine(application) ? (
            <ReasonText application={application} />
          ) : (
            <RevisionStep revision={application.revision} />
          )}
        </span>
      </div>
    </div>
  );
});

function mainLine(application: Application): boolean {
  return application.health.status !== "Healthy" || application.reasons.length > 0;
}
