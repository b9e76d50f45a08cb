"use client";
import type { ActionResult } from "#lib/model/action.ts";
import { formatRef } from "#lib/model/resource-ref.ts";
import { LayoutSwitch } from "#components/diff/layout-switch.tsx";
import { changeWords, ObjectChanges } from "#components/diff/object-changes.tsx";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { cx } from "#components/ui/cx.ts";
import { Banner } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { UndoerList } from "#components/undoers/undoer-list.tsx";

type Props = { preview: ActionResult | undefined; stale: boolean; error: unknown; onRetry: () => void };

/** What an action would do: what is deleted in words first, then warnings, then each object. */
export function PreviewPanel({ preview, stale, error, onRetry }: Props) {
  if (error) return <ProblemPlaceholder error={error} onRetry={onRetry} />;
  if (preview === undefined) return <SkeletonLines lines={8} label="Looking at what would change" />;
  const { changes, warnings, message, accepted, undoers } = preview;
  const removed = changes?.filter((object) => object.change === "removed") ?? [];
  return (
    <div aria-busy={stale} className={cx("transition-opacity", stale && "opacity-50")}>
      {(removed.length > 0 || warnings.length > 0 || !accepted) && (
        <div className="flex flex-col gap-2 border-b border-line p-4">
          {!accepted && (
            <Banner tone="bad" glyph="Degraded">
              {message}
            </Banner>
          )}
          {removed.length > 0 && (
            <Banner tone="bad" glyph="Failed">
              <span className="font-medium">
                {removed.length === 1 ? "One object is deleted" : `${removed.length} objects are deleted`}:{" "}
              </span>
              {removed
                .slice(0, 6)
                .map((object) => formatRef(object.ref))
                .join(", ")}
              {removed.length > 6 && ` and ${removed.length - 6} more`}
            </Banner>
          )}
          {warnings.map((warning) => (
            <Banner key={warning} tone="warn" glyph="Failed">
              {warning}
            </Banner>
          ))}
        </div>
      )}
      {undoers !== undefined && undoers.length > 0 && (
        <div className="border-b border-line">
          <h3 className="px-4 pt-3 font-medium">Who may undo this</h3>
          <UndoerList undoers={undoers} />
        </div>
      )}
      {changes === undefined ? (
        accepted && <p className="p-4 text-muted">{message}</p>
      ) : (
        <>
          <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
            <p role="status" className="min-w-0 flex-1 basis-64">
              <span className="inline-block font-medium first-letter:uppercase">{changeWords(changes)}</span>
              {message !== "" && accepted && <span className="text-muted"> · {message}</span>}
            </p>
            {changes.some((object) => object.change === "changed") && <LayoutSwitch />}
          </div>
          <ObjectChanges
            objects={changes}
            openFirst={changes.filter((object) => object.change !== "unchanged").length === 1}
            words={{ removed: "Deleted" }}
          />
        </>
      )}
    </div>
  );
}
