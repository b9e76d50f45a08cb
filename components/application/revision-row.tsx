"use client";
import { FileDiff, Undo2 } from "lucide-react";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import type { Revision } from "#lib/model/revision.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { personName, tookWords } from "#components/activity/activity-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { RevisionText } from "#components/ui/copy.tsx";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { permissionOf } from "./permission.ts";

type Props = {
  revision: Revision;
  /** Shows what it changed, where what was there before can be compared with it. */
  onChanges: (() => void) | undefined;
  detail: ApplicationDetail;
  side: "from" | "to" | undefined;
  onChoose: () => void;
  onRollback: () => void;
};

/** One deployment: what, when, by whom, how it went. */
export function RevisionRow({ revision, detail, side, onChoose, onChanges, onRollback }: Props) {
  const { failed, current, status, message, author, by, chart, appVersion, seconds } = revision;
  const extra = [
    chart,
    appVersion !== undefined && `app ${appVersion}`,
    author,
    by !== undefined && by !== author && `by ${personName(by)}`,
    seconds !== undefined && `took ${tookWords(seconds)}`,
  ]
    .filter(Boolean)
    .join(" · ");
  const told = [message !== undefined && status, extra, revision.whyNotComparable].filter(Boolean).join(" · ");
  const helm = chart !== undefined && revision.id !== revision.revision;
  const unavailable = current
    ? "This is what is deployed now"
    : !revision.restorable
      ? (revision.whyNot ?? "It can't be restored")
      : permissionOf(detail, "rollback");
  return (
    <li
      className={cx(
        "flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 last:border-b-0",
        side && "bg-selected",
      )}
    >
      <span className="flex w-56 shrink-0 items-center gap-3 max-sm:w-auto max-sm:flex-1">
        {revision.comparable === false ? (
          <span
            className="w-6"
            title={revision.whyNotComparable ?? "Its manifests are not known, so it can't be compared"}
          />
        ) : (
          <Checkbox checked={side !== undefined} onChange={onChoose}>
            <span className="sr-only">Compare {shortRevision(revision.revision)}</span>
          </Checkbox>
        )}
        <span className={cx("inline-flex", failed ? "text-bad" : current ? "text-ok" : "text-idle")}>
          <Glyph name={failed ? "Degraded" : "Healthy"} />
          <span className="sr-only">{failed ? "failed" : "succeeded"}</span>
        </span>
        <RevisionText
          revision={revision.revision}
          className="text-ink"
          {...(helm && { prefix: <span className="text-muted">#{revision.id}</span> })}
        />
        {current && <span className="rounded-sm bg-ok-tint px-1.5 text-xs leading-5 text-ok">current</span>}
      </span>
      <span className="min-w-0 flex-1 basis-48 max-sm:order-last max-sm:basis-full max-sm:pl-7">
        <span className="block truncate" title={message}>
          {message ?? status ?? ""}
        </span>
        <span className="block text-xs text-muted max-sm:[overflow-wrap:anywhere] sm:truncate" title={told}>
          {revision.deployedAt !== undefined && (
            <span className="sm:hidden">
              <RelativeTime time={revision.deployedAt} suffix=" ago" className="tabular" />
              {told !== "" && " · "}
            </span>
          )}
          {told}
        </span>
      </span>
      <span className="tabular w-16 shrink-0 text-right text-muted max-sm:hidden">
        {revision.deployedAt !== undefined && <RelativeTime time={revision.deployedAt} />}
      </span>
      {/* Also where there is none: times and buttons stand one under the other. */}
      <span className="shrink-0 sm:w-26">
        {onChanges && (
          <Button
            look="ghost"
            icon={<FileDiff aria-hidden className="size-3.5" />}
            onClick={onChanges}
            aria-label={`What ${shortRevision(revision.revision)} changed`}
          >
            <span className="max-sm:sr-only">Changes</span>
          </Button>
        )}
      </span>
      <Button
        look="ghost"
        icon={<Undo2 aria-hidden className="size-3.5" />}
        unavailable={unavailable}
        onClick={onRollback}
        aria-label={`Roll back to ${shortRevision(revision.revision)}`}
      >
        <span className="max-sm:sr-only">Roll back…</span>
      </Button>
    </li>
  );
}
