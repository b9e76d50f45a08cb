"use client";
import { ChevronRight } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import Link from "next/link";
import { inSeveralClusters, rowKey, type Application } from "#lib/model/application.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import { actionLabel } from "#components/actions/action-words.ts";
import { ConfirmFooter } from "#components/actions/confirm-footer.tsx";
import { applicationHref } from "#components/live/paths.ts";
import { useApplications } from "#components/live/use-applications.ts";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { toneText, type Tone } from "#components/ui/tone.ts";
import { bulkLabel, countsOf, countWords, tally, type BulkAction, type BulkLine, type Progress } from "./bulk.ts";
import { engineLabel } from "./engine-label.ts";
import { useBulk } from "./use-bulk.ts";

type Props = { applications: readonly Application[]; action: BulkAction; onClose: () => void };

/** One dialog for many applications: what would change in each, then how far each has come. */
export default function BulkDialog({ applications, action, onClose }: Props) {
  const { lines, phase, run } = useBulk(applications, action);
  const [reason, setReason] = useState("");
  const cancel = useRef<HTMLButtonElement>(null);
  const across = inSeveralClusters(applications);
  const sum = tally(lines);
  const label = actionLabel[action];
  const unavailable =
    sum.looking > 0
      ? `Looking at what would change: ${lines.length - sum.looking} of ${lines.length}`
      : sum.ready.length === 0
        ? "It can't be done with any of these"
        : undefined;
  const asked = lines.filter(({ progress }) => progress.step === "requested").length;
  return (
    <Dialog
      open
      as="wide"
      onClose={onClose}
      initialFocus={cancel}
      title={`${label} ${lines.length} ${lines.length === 1 ? "application" : "applications"}${clusterWords(applications)}`}
      description={
        phase === "preview"
          ? "Nothing is changed before you say so. What can't be done is left out, and says why."
          : "Asked for with your own permissions. Each application says how far it has come."
      }
      footer={
        phase === "preview" ? (
          <ConfirmFooter
            wide
            reason={reason}
            onReason={setReason}
            cancel={cancel}
            onCancel={onClose}
            dangerous={sum.removed > 0}
            unavailable={unavailable}
            onConfirm={(given) => void run(given)}
          >
            {bulkLabel(label, sum)}
          </ConfirmFooter>
        ) : (
          <>
            <p role="status" className="flex-1 text-muted">
              {phase === "running" ? `${asked} requested so far…` : `${asked} requested`}
            </p>
            <Button look="primary" onClick={onClose}>
              {phase === "running" ? "Close: the rest is left undone" : "Done"}
            </Button>
          </>
        )
      }
    >
      {phase === "preview" && (sum.refused > 0 || sum.removed > 0) && (
        <div className="flex flex-col gap-2 border-b border-line p-4">
          {sum.removed > 0 && (
            <Banner tone="bad" glyph="Failed">
              <span className="font-medium">
                {sum.removed === 1 ? "One object is deleted" : `${sum.removed} objects are deleted`}
              </span>{" "}
              in all; they are named below.
            </Banner>
          )}
          {sum.refused > 0 && (
            <Banner tone="warn" glyph="Failed">
              {sum.refused === 1 ? "One application is" : `${sum.refused} applications are`} left out; each says why.
            </Banner>
          )}
        </div>
      )}
      <Lines lines={lines} across={across} />
    </Dialog>
  );
}

/* One dialog for several clusters says which they are. */
function clusterWords(applications: readonly Application[]): string {
  const names = [...new Set(applications.map(({ cluster }) => cluster))];
  if (names.length < 2) return "";
  return names.length > 3 ? ` in ${names.length} clusters` : ` in ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function Lines({ lines, across }: { lines: readonly BulkLine[]; across: boolean }) {
  const items = useApplications().data?.items;
  const now = useMemo(() => new Map((items ?? []).map((item) => [rowKey(item), item])), [items]);
  return (
    <ul aria-label="Applications" className="divide-y divide-line">
      {lines.map(({ application, progress }) => {
        const key = rowKey(application);
        return <Line key={key} application={now.get(key) ?? application} progress={progress} across={across} />;
      })}
    </ul>
  );
}

function Line({ application, progress, across }: BulkLine & { across: boolean }) {
  const [asked, setOpen] = useState<boolean>();
  const objects =
    progress.step === "ready" ? (progress.result.changes ?? []).filter(({ change }) => change !== "unchanged") : [];
  const warnings = progress.step === "ready" ? progress.result.warnings : [];
  const more = objects.length > 0 || warnings.length > 0;
  // A warning is in sight until someone folds it away.
  const open = asked ?? warnings.length > 0;
  const { glyph, tone, words } = looks(progress, application);
  const detailsId = useId();
  return (
    <li className="px-4 py-2">
      <div className="flex min-w-0 items-center gap-x-2 gap-y-1 max-sm:flex-wrap">
        {more ? (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={detailsId}
            aria-label={`What changes in ${application.name}${across ? ` in ${application.cluster}` : ""}`}
            onClick={() => setOpen(!open)}
            className="grid size-5 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
          >
            <ChevronRight aria-hidden className={cx("size-4 transition-transform", open && "rotate-90")} />
          </button>
        ) : (
          <span className="size-5 shrink-0" />
        )}
        <Glyph name={glyph} className={toneText[tone]} />
        <Link
          href={applicationHref(application)}
          className="min-w-0 truncate font-medium hover:underline sm:max-w-2/5 sm:shrink-0"
        >
          {application.name}
        </Link>
        {across && <span className="max-w-1/4 shrink-0 truncate">{application.cluster}</span>}
        <span className="min-w-0 shrink truncate text-muted max-sm:hidden">
          {application.namespace} · {engineLabel[application.engine]}
        </span>
        {/* On a phone a reason has the width below. */}
        <span
          className={cx(
            "min-w-0 [overflow-wrap:anywhere] max-sm:basis-full max-sm:pl-7 sm:ml-auto sm:text-right",
            toneText[tone],
          )}
        >
          {words}
        </span>
      </div>
      {more && (
        <ul id={detailsId} hidden={!open} className="mt-1.5 ml-7 flex flex-col gap-0.5 text-xs">
          {warnings.map((warning) => (
            <li key={warning} className="text-warn">
              {warning}
            </li>
          ))}
          {objects.map(({ ref, change }) => (
            <li key={`${ref.kind}/${ref.namespace ?? ""}/${ref.name}`} className="flex gap-2">
              <span className={cx("w-14 shrink-0", change === "removed" ? "text-bad" : "text-muted")}>
                {{ added: "created", removed: "deleted", changed: "changed", unchanged: "" }[change]}
              </span>
              <span className="mono min-w-0 [overflow-wrap:anywhere]">{formatRef(ref)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function looks(progress: Progress, application: Application): { glyph: GlyphName; tone: Tone; words: string } {
  switch (progress.step) {
    case "waiting":
      return { glyph: "Unknown", tone: "idle", words: "Waiting" };
    case "looking":
      return { glyph: "Running", tone: "busy", words: "Looking at what would change" };
    case "ready": {
      const removed = (countsOf(progress.result)?.removed ?? 0) > 0;
      const warned = progress.result.warnings.length > 0;
      return {
        glyph: removed || warned ? "Failed" : "Healthy",
        tone: removed ? "bad" : warned ? "warn" : "idle",
        words: countWords(progress.result),
      };
    }
    case "refused":
      return { glyph: "Missing", tone: "warn", words: `Left out: ${progress.why}` };
    case "asking":
      return { glyph: "Running", tone: "busy", words: "Asking the cluster" };
    case "failed":
      return { glyph: "Degraded", tone: "bad", words: progress.why };
    case "requested": {
      const { operation, health, sync } = application;
      const running = operation?.phase === "Running";
      return {
        glyph: running ? "Running" : "Healthy",
        tone: running ? "busy" : "ok",
        words: `Requested · ${running ? `${operation.kind} is running` : `${health.status}, ${sync.status}`}`,
      };
    }
  }
}
