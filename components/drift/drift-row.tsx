"use client";
import Link from "next/link";
import { shortPath } from "#components/applications/drift-line.ts";
import { FieldValue } from "#components/diff/field-changes.tsx";
import { useLive } from "#components/live/live-provider.tsx";
import { applicationHref } from "#components/live/paths.ts";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { DriftEntry } from "./drift-groups.ts";
import { managerWords } from "./manager-words.ts";

/* What the whole object's change is called, desired → live. */
const wholeWords = { removed: "Deleted from the cluster", added: "Not desired any more", changed: "", unchanged: "" };

/** One thing that differs: which object, which field, from what to what, written by whom and when. */
export function DriftRow({ entry, named }: { entry: DriftEntry; named: boolean }) {
  const { application, ref, change, field } = entry;
  const { across } = useLive();
  const { label, byHand } = managerWords(field?.manager);
  return (
    <div className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 py-1.5 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1.7fr)_minmax(0,1fr)]">
      <div className="min-w-0">
        {named && (
          <Link
            href={applicationHref(application, "drift")}
            prefetch={false}
            className="flex min-w-0 font-medium hover:underline"
          >
            <MiddleName name={application.name} />
            {across && <span className="ml-2 min-w-0 truncate font-normal text-muted">{application.cluster}</span>}
          </Link>
        )}
        <span className={named ? "block truncate text-xs text-muted" : "block truncate"}>
          {ref.kind}/{ref.name}
        </span>
        {field && (
          <span className="mono block truncate text-muted" title={field.path}>
            {shortPath(field.path)}
          </span>
        )}
      </div>
      {field ? (
        <div className="flex min-w-0 flex-wrap items-start gap-x-1.5">
          <FieldValue value={field.from} side="from" />
          <span aria-label="became" className="text-subtle">
            →
          </span>
          <FieldValue value={field.to} side="to" />
        </div>
      ) : (
        <p className="text-warn">{wholeWords[change] || "It differs"}</p>
      )}
      <div className="min-w-0 truncate text-muted" title={field?.manager}>
        {field?.manager !== undefined && (
          <span className="text-ink">
            {label}
            {byHand && <span className="text-muted"> by hand</span>}
          </span>
        )}
        {field?.changedAt !== undefined && (
          <>
            {" "}
            · <RelativeTime time={field.changedAt} suffix=" ago" />
          </>
        )}
      </div>
    </div>
  );
}
