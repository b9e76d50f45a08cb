"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Application } from "#lib/model/application.ts";
import { applicationHref } from "#components/live/paths.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Health, Sync } from "#components/ui/status.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import type { ColumnId } from "./columns.ts";
import { engineLabel, engineName } from "./engine-label.ts";
import { HealthBar } from "./health-bar.tsx";
import { DriftMark, Marks } from "./marks.tsx";
import { ReasonText } from "./reason-text.tsx";
import { RevisionStep } from "./revision-step.tsx";

/** The sign of an application's health, its name as a link, and what is going on with it. */
export function NameLine({ application, className }: { application: Application; className?: string }) {
  const { status } = application.health;
  return (
    <>
      <span className={cx("inline-flex", toneText[healthTone[status]])}>
        <Glyph name={status} />
        <span className="sr-only">{status}</span>
      </span>
      <Link
        href={applicationHref(application)}
        prefetch={false}
        tabIndex={-1}
        className={cx("min-w-0 font-medium hover:underline", className)}
      >
        <MiddleName name={application.name} />
      </Link>
      <Marks application={application} />
    </>
  );
}

function Nothing() {
  return <span className="text-subtle">–</span>;
}

function Text({ children }: { children: string | undefined }) {
  if (children === undefined || children === "") return <Nothing />;
  return (
    <span className="block truncate text-muted" title={children}>
      {children}
    </span>
  );
}

/** When it was deployed last. */
export function Deployed({ application, className }: { application: Application; className?: string }) {
  const { lastDeployedAt } = application;
  return lastDeployedAt === undefined ? (
    <Nothing />
  ) : (
    <RelativeTime time={lastDeployedAt} className={className ?? ""} />
  );
}

/** What stands in each column. */
export const cells: Record<ColumnId, (application: Application) => ReactNode> = {
  name: (application) => (
    <span className="flex items-center gap-2">
      <NameLine application={application} />
    </span>
  ),
  cluster: ({ cluster }) => (
    <span className="flex min-w-0 text-muted">
      <MiddleName name={cluster} />
    </span>
  ),
  namespace: ({ namespace }) => (
    <span className="flex min-w-0 text-muted">
      <MiddleName name={namespace} />
    </span>
  ),
  engine: ({ engine }) => (
    <span className="block truncate text-muted" title={engineName[engine]}>
      {engineLabel[engine]}
    </span>
  ),
  health: ({ health }) => <Health status={health.status} />,
  revision: ({ revision }) => <RevisionStep revision={revision} />,
  reason: (application) => <ReasonText application={application} />,
  sync: ({ sync }) => <Sync status={sync.status} />,
  drift: ({ drift }) => <DriftMark drift={drift} />,
  source: ({ sources: [source] }) => <Text>{source && (source.name ?? source.chart ?? source.url)}</Text>,
  owner: ({ managedBy }) => <Text>{managedBy && `${managedBy.namespace}/${managedBy.name}`}</Text>,
  labels: ({ labels }) => (
    <Text>
      {Object.entries(labels ?? {})
        .map(([key, value]) => `${key.split("/").at(-1)}=${value}`)
        .join(", ")}
    </Text>
  ),
  resources: ({ resources }) => <HealthBar resources={resources} />,
  deployed: (application) => (
    <span className="tabular block text-right text-muted">
      <Deployed application={application} />
    </span>
  ),
};
