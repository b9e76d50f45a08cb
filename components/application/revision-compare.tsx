"use client";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { ComparisonParts } from "#components/compare/comparison-parts.tsx";
import { ComparisonSection } from "#components/compare/comparison-section.tsx";
import { changeWords } from "#components/diff/object-changes.tsx";
import { patchOf } from "#components/diff/patch.ts";
import { useRevisionDiff } from "#components/live/queries.ts";
import { CopyButton } from "#components/ui/copy.tsx";
import { DownloadButton } from "#components/ui/download.tsx";

type Props = { unit: ApplicationRef; from: string; to: string; revisions: readonly Revision[] };

/** Two revisions side by side: their manifests object by object, and for Helm their values, notes and chart. */
export function RevisionCompare({ unit, from, to, revisions }: Props) {
  const { data, error, isPlaceholderData, refetch } = useRevisionDiff(unit, from, to);
  const nameOf = (id: string) => shortRevision(revisions.find((revision) => revision.id === id)?.revision ?? id);
  return (
    <ComparisonSection
      heading={
        <h2 className="mono min-w-0 flex-1 truncate">
          {nameOf(from)} → {nameOf(to)}
        </h2>
      }
      tools={
        data && (
          <>
            <CopyButton text={() => patchOf(data.objects)} label="Copy as a patch" />
            <DownloadButton
              text={() => patchOf(data.objects)}
              name={`${unit.name}-${nameOf(from)}-${nameOf(to)}.patch`}
              label="Download as a patch"
            />
          </>
        )
      }
      stale={isPlaceholderData}
      error={error}
      onRetry={refetch}
    >
      {data && <ComparisonParts data={data} summary={changeWords(data.objects)} />}
    </ComparisonSection>
  );
}
