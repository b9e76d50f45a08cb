"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { Application } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { mainReason } from "#components/applications/main-reason.ts";
import { shortPath } from "#components/applications/drift-line.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { FieldValue } from "#components/diff/field-changes.tsx";
import { ObjectChange } from "#components/diff/object-change.tsx";
import { applicationHref } from "#components/live/paths.ts";
import { ProblemBanner } from "#components/live/problem.tsx";
import { useDrift } from "#components/live/queries.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";

/** One application that has drifted: its first field in the row, all of them on a click. */
export function DriftedApplication({ application }: { application: Application }) {
  const [open, setOpen] = useState(false);
  const { drift } = application;
  const { top } = drift;
  return (
    <li className="border-b border-line bg-surface">
      <div className="flex items-start gap-2 px-3 py-2 sm:px-5">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`${open ? "Hide" : "Show"} what differs in ${application.name}`}
          onClick={() => setOpen(!open)}
          className="grid size-5 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover"
        >
          <ChevronRight aria-hidden className={cx("size-3.5 transition-transform", open && "rotate-90")} />
        </button>
        <div className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 lg:grid-cols-[minmax(10rem,1fr)_minmax(0,1.4fr)_minmax(0,1.6fr)_minmax(0,1fr)]">
          <div className="min-w-0">
            <Link
              href={applicationHref(application, "drift")}
              prefetch={false}
              className="flex min-w-0 items-center gap-2 font-medium hover:underline"
            >
              <MiddleName name={application.name} />
              <span className="tabular inline-flex shrink-0 items-center gap-1 text-warn">
                <Glyph name="Drift" />
                {drift.count}
                <span className="sr-only">objects drifted</span>
              </span>
            </Link>
            <span className="block truncate text-xs text-muted">
              {application.namespace} · {engineLabel[application.engine]}
            </span>
          </div>
          {top === undefined && (
            <p className="min-w-0 text-muted lg:col-span-3">
              {application.reasons.find(({ about }) => about === "drift")?.text ?? mainReason(application)?.text}
            </p>
          )}
          {top && (
            <>
              <div className="min-w-0">
                <span className="block truncate">
                  {top.ref.kind}/{top.ref.name}
                </span>
                <span className="mono block truncate text-muted" title={top.path}>
                  {shortPath(top.path)}
                </span>
              </div>
              <div className="flex min-w-0 flex-wrap items-start gap-x-1.5">
                <FieldValue value={top.from} side="from" />
                <span aria-label="became" className="text-subtle">
                  →
                </span>
                <FieldValue value={top.to} side="to" />
              </div>
              <div className="min-w-0 truncate text-muted">
                {top.manager !== undefined && <span className="text-ink">{top.manager}</span>}
                {top.changedAt !== undefined && (
                  <>
                    {" "}
                    · <RelativeTime time={top.changedAt} suffix=" ago" />
                  </>
                )}
              </div>
            </>
          )}
        </div>
      </div>
      {open && <Objects application={application} />}
    </li>
  );
}

function Objects({ application }: { application: Application }) {
  const { data, error, check } = useDrift(application);
  if (error && !data)
    return (
      <div className="px-5 pb-3">
        <ProblemBanner error={error} onRetry={check} />
      </div>
    );
  if (data === undefined) return <SkeletonLines lines={3} label="Comparing" />;
  const objects = data.objects.filter((object) => object.change !== "unchanged");
  return (
    <div className="mx-3 mb-3 overflow-hidden rounded-md border border-line sm:mr-5 sm:ml-12">
      {data.message !== undefined && <p className="border-b border-line px-4 py-2 text-muted">{data.message}</p>}
      {objects.map((object) => (
        <ObjectChange
          key={resourceKey(object.ref)}
          object={object}
          open={objects.length === 1}
          sides={["Desired", "Live"]}
          words={{ removed: "Missing", added: "Extra", changed: "Drifted" }}
        />
      ))}
      {objects.length === 0 && <p className="px-4 py-2 text-muted">Nothing differs any more.</p>}
    </div>
  );
}
