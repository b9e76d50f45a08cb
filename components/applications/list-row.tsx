"use client";
import { memo } from "react";
import type { Application } from "#lib/model/application.ts";
import { Box } from "#components/ui/checkbox.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Sync } from "#components/ui/status.tsx";
import { columnTier, type ColumnId } from "./columns.ts";
import { engineLabel } from "./engine-label.ts";
import { HealthBar } from "./health-bar.tsx";
import { cells, Deployed, NameLine } from "./list-cells.tsx";
import { DriftMark } from "./marks.tsx";
import { ReasonText } from "./reason-text.tsx";
import { RevisionStep } from "./revision-step.tsx";
import { useChanges } from "./use-glow.ts";

/** What every shape of a row gets. `onSelect` must not change. */
type Props = {
  application: Application;
  /** Whether there are rows of several clusters, so that a row has to say of which it is. */
  across: boolean;
  /** Where its links lead besides: it is not looked at, but another makes the row be drawn again. */
  links: string;
  selected: boolean;
  onSelect: (application: Application, on: boolean, event: { shift: boolean }) => void;
};

/** A row that changed glows once. */
function Glow({ application }: { application: Application }) {
  const changes = useChanges(application);
  if (changes === 0) return null;
  return <span key={changes} aria-hidden="true" className="pointer-events-none absolute inset-0 -z-10 animate-glow" />;
}

function SelectBox({ application, across, selected, onSelect }: Props) {
  return (
    <Box
      checked={selected}
      tabIndex={-1}
      label={`Select ${application.name}${across ? ` in ${application.cluster}` : ""}`}
      onChange={(on, event) => onSelect(application, on, event)}
    />
  );
}

/** Where an application is and what applies it, in one line. */
function placeOf({ application: { cluster, namespace, engine }, across }: Props): string {
  return [...(across ? [cluster] : []), namespace, engineLabel[engine]].join(" · ");
}

/** The cells of one application, 36 px high. */
export const ListRow = memo(function ListRow({ columns, ...props }: Props & { columns: readonly ColumnId[] }) {
  const { application } = props;
  return (
    <div className="app-columns relative h-full">
      <Glow application={application} />
      <div role="gridcell" className="flex">
        <SelectBox {...props} />
      </div>
      {columns.map((id) => (
        <div key={id} role="gridcell" data-from={columnTier(id)} className="min-w-0">
          {cells[id](application)}
        </div>
      ))}
    </div>
  );
});

/** The same in two lines, for a narrow screen. */
export const ListCard = memo(function ListCard(props: Props) {
  const { application } = props;
  const { sync, drift, health, reasons } = application;
  const told = health.status !== "Healthy" || reasons.length > 0;
  const place = placeOf(props);
  return (
    <div role="gridcell" className="relative flex h-full items-center gap-3 px-3">
      <Glow application={application} />
      <SelectBox {...props} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <div className="flex items-center gap-2">
          <NameLine application={application} className="text-base" />
          {told && <span className="min-w-0 shrink-[9999] truncate text-xs text-muted">{place}</span>}
          <span className="ml-auto flex shrink-0 items-center gap-2">
            {sync.status === "OutOfSync" && (
              <span className="text-warn">
                <Glyph name="OutOfSync" />
                <span className="sr-only">OutOfSync</span>
              </span>
            )}
            {drift.status === "Drifted" && <DriftMark drift={drift} />}
            <Deployed application={application} className="tabular text-xs text-muted" />
          </span>
        </div>
        {/* The cause needs the whole line. */}
        <div className="flex min-w-0 gap-2 pl-[22px] text-xs">
          {!told && <span className="max-w-7/10 shrink-0 truncate text-muted">{place}</span>}
          <span className="min-w-0 flex-1">
            {told ? <ReasonText application={application} /> : <RevisionStep revision={application.revision} />}
          </span>
        </div>
      </div>
    </div>
  );
});

/** One application as a card among others: what it is, why, and what it consists of. */
export const GridCard = memo(function GridCard(props: Props) {
  const { application } = props;
  const { sync, drift, revision, resources } = application;
  return (
    <div role="gridcell" className="relative flex h-full flex-col gap-1.5 overflow-hidden rounded-md p-3">
      <Glow application={application} />
      <div className="flex items-center gap-2">
        <NameLine application={application} className="text-base" />
        <span className="ml-auto inline-flex">
          <SelectBox {...props} />
        </span>
      </div>
      <div className="flex items-center justify-between gap-3 text-xs text-muted">
        <span className="min-w-0 truncate">{placeOf(props)}</span>
        <Deployed application={application} className="tabular shrink-0" />
      </div>
      <ReasonText application={application} />
      <div className="mt-auto flex items-center justify-between gap-3">
        <RevisionStep revision={revision} />
        <span className="flex shrink-0 items-center gap-3">
          {drift.status === "Drifted" && <DriftMark drift={drift} />}
          <Sync status={sync.status} />
        </span>
      </div>
      <HealthBar resources={resources} />
    </div>
  );
});
