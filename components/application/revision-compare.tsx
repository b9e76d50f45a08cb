"use client";
import { useState } from "react";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { Revision } from "#lib/model/revision.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { DiffView } from "#components/diff/diff-view.tsx";
import { LayoutSwitch, useDiffLayout } from "#components/diff/layout-switch.tsx";
import { changeWords, ObjectChanges } from "#components/diff/object-changes.tsx";
import { patchOf } from "#components/diff/patch.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { useRevisionDiff } from "#components/live/queries.ts";
import { CopyButton } from "#components/ui/copy.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

type Props = { unit: ApplicationRef; from: string; to: string; revisions: readonly Revision[] };

/** Two revisions side by side: their manifests object by object, and for Helm their values, notes and chart. */
export function RevisionCompare({ unit, from, to, revisions }: Props) {
  const { data, error, isPlaceholderData, refetch } = useRevisionDiff(unit, from, to);
  const [tab, setTab] = useState("objects");
  const layout = useDiffLayout();
  const nameOf = (id: string) => shortRevision(revisions.find((revision) => revision.id === id)?.revision ?? id);
  const documents = data?.documents ?? [];
  const document = documents.find((each) => each.title === tab);
  return (
    <section
      aria-label="Comparison"
      aria-busy={isPlaceholderData}
      className="overflow-hidden rounded-lg border border-line bg-surface"
    >
      <header className="flex min-h-11 flex-wrap items-center gap-3 px-4 py-1.5">
        <h2 className="mono min-w-0 flex-1 truncate">
          {nameOf(from)} → {nameOf(to)}
        </h2>
        <LayoutSwitch />
        {data && <CopyButton text={patchOf(data.objects)} label="Copy as a patch" />}
      </header>
      {error ? (
        <ProblemPlaceholder error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonLines lines={8} label="Comparing" />
      ) : (
        <Tabs
          label="Parts of the comparison"
          inset="px-2"
          value={document ? tab : "objects"}
          onChange={setTab}
          items={[
            {
              value: "objects",
              label: "Objects",
              count: data.objects.filter((object) => object.change !== "unchanged").length,
            },
            ...documents.map((each) => ({ value: each.title, label: each.title })),
          ]}
        >
          {document ? (
            document.from === document.to ? (
              <p className="px-4 py-3 text-muted">The same in both.</p>
            ) : (
              <DiffView from={document.from ?? ""} to={document.to ?? ""} layout={layout} label={document.title} />
            )
          ) : (
            <>
              {data.message !== undefined && (
                <p className="border-b border-line px-4 py-2 text-muted">{data.message}</p>
              )}
              <p className="border-b border-line px-4 py-2 text-muted first-letter:uppercase">
                {changeWords(data.objects)}
              </p>
              <ObjectChanges objects={data.objects} />
            </>
          )}
        </Tabs>
      )}
    </section>
  );
}
