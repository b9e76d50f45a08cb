"use client";
import { memo, useState } from "react";
import type { FluxSource } from "#lib/model/flux-source.ts";
import { shortInterval } from "#lib/model/flux-source.ts";
import { RevisionText } from "#components/ui/copy.tsx";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ConsumersCell } from "./consumers.tsx";
import { SourceButtons } from "./source-buttons.tsx";
import { SourceGlyph, SourceReason, Verification } from "./source-status.tsx";
import { sizeWords } from "./source-words.ts";

type Props = { source: FluxSource };

/** The columns of the list; on a narrower one the less telling ones fall away. */
export const sourceColumns = cx(
  "grid items-center gap-x-3 px-5",
  "grid-cols-[minmax(11rem,1.5fr)_minmax(5rem,0.7fr)_6.75rem_minmax(8rem,1fr)_minmax(10rem,2.2fr)_3.25rem_3.25rem_3.5rem_3.75rem_minmax(8.5rem,1.2fr)_3.75rem]",
  "@max-[74rem]/list:grid-cols-[minmax(9.5rem,1.2fr)_minmax(5rem,0.6fr)_6.75rem_minmax(7rem,0.8fr)_minmax(8rem,2.4fr)_3.25rem_3.5rem_minmax(6.5rem,0.9fr)_3.75rem]",
  "@max-[58rem]/list:grid-cols-[minmax(9rem,1.2fr)_minmax(5rem,0.7fr)_minmax(8rem,1fr)_minmax(7rem,1.6fr)_3.75rem_3.75rem]",
);

/** Of cells that only a wide list has. */
export const onlyWide = "@max-[74rem]/list:hidden";
/** Of cells that a narrow list has not. */
export const notNarrow = "@max-[58rem]/list:hidden";

/* Counts changes since the row was first drawn, so that it glows once for each. Fetching the same again changes nothing. */
function useChanges(source: FluxSource): number {
  const [seen, setSeen] = useState({ source, changes: 0 });
  if (seen.source !== source) setSeen({ source, changes: seen.changes + 1 });
  return seen.changes;
}

function Glow({ changes }: { changes: number }) {
  if (changes === 0) return null;
  return <span key={changes} aria-hidden="true" className="pointer-events-none absolute inset-0 -z-10 animate-glow" />;
}

/** A source that is kept at an earlier revision, or suspended and failing. */
function Marks({ source }: Props) {
  if (!source.held) return null;
  return (
    <span
      className="inline-flex shrink-0 items-center gap-1 text-warn"
      title="A rollback keeps it at an earlier revision"
    >
      <Glyph name="Hold" />
      <span className="sr-only">held</span>
    </span>
  );
}

/** The cells of one source, 36 px high. */
export const SourceRow = memo(function SourceRow({ source }: Props) {
  const changes = useChanges(source);
  const { artifact, interval } = source;
  return (
    <div className={cx(sourceColumns, "relative h-full")}>
      <Glow key={changes} changes={changes} />
      <div role="gridcell" className="flex min-w-0 items-center gap-2">
        <SourceGlyph source={source} />
        <span className="min-w-0 font-medium">
          <MiddleName name={source.name} />
        </span>
        <Marks source={source} />
      </div>
      <div role="gridcell" className="flex min-w-0 text-muted">
        <MiddleName name={source.namespace} />
      </div>
      <div role="gridcell" className={cx("truncate text-muted", notNarrow)}>
        {source.kind}
      </div>
      <div role="gridcell" className="flex min-w-0">
        {artifact === undefined ? (
          <span className="text-subtle">–</span>
        ) : (
          <RevisionText revision={artifact.revision} className="text-muted" />
        )}
      </div>
      <div role="gridcell" className="min-w-0">
        <SourceReason source={source} />
      </div>
      <div role="gridcell" className={cx("flex min-w-0", onlyWide)}>
        <Verification source={source} small />
      </div>
      <div role="gridcell" className={cx("tabular text-right text-muted", notNarrow)}>
        {interval === undefined ? <span className="text-subtle">–</span> : shortInterval(interval)}
      </div>
      <div role="gridcell" className="tabular text-right text-muted">
        {artifact?.storedAt === undefined ? (
          <span className="text-subtle">–</span>
        ) : (
          <RelativeTime time={artifact.storedAt} />
        )}
      </div>
      <div role="gridcell" className={cx("tabular text-right text-muted", onlyWide)}>
        {artifact?.size === undefined ? <span className="text-subtle">–</span> : sizeWords(artifact.size)}
      </div>
      <div role="gridcell" className={cx("flex min-w-0", notNarrow)}>
        <ConsumersCell consumers={source.consumers} />
      </div>
      <div role="gridcell" className="flex justify-end gap-0.5">
        <SourceButtons source={source} small />
      </div>
    </div>
  );
});

/** The same in two lines, for a narrow screen; what can be done stands in the drawer. */
export const SourceCard = memo(function SourceCard({ source }: Props) {
  const changes = useChanges(source);
  const { artifact, status } = source;
  return (
    <div role="gridcell" className="relative flex h-full flex-col justify-center gap-0.5 px-3">
      <Glow key={changes} changes={changes} />
      <div className="flex items-center gap-2">
        <SourceGlyph source={source} />
        <span className="min-w-0 text-base font-medium">
          <MiddleName name={source.name} />
        </span>
        <Marks source={source} />
        {artifact?.storedAt !== undefined && (
          <RelativeTime time={artifact.storedAt} className="tabular ml-auto shrink-0 text-xs text-muted" />
        )}
      </div>
      <div className="flex min-w-0 gap-2 pl-[22px] text-xs">
        <span className="max-w-3/5 shrink-0 truncate text-muted">
          {source.namespace} · {source.kind}
        </span>
        <span className="min-w-0 flex-1">
          {status.status === "Healthy" && artifact !== undefined ? (
            <RevisionText revision={artifact.revision} className="text-muted" />
          ) : (
            <SourceReason source={source} />
          )}
        </span>
      </div>
    </div>
  );
});
