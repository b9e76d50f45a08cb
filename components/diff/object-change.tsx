"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { countRuns } from "#lib/diff/line-runs.ts";
import type { Change, DiffObject } from "#lib/model/diff-object.ts";
import { cx } from "#components/ui/cx.ts";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { DiffView } from "./diff-view.tsx";
import { FieldChanges } from "./field-changes.tsx";
import { useDiffLayout } from "./layout-switch.tsx";
import { useLineRuns } from "./use-line-runs.ts";

const looks: Record<Change, { sign: string; word: string; ink: string }> = {
  added: { sign: "+", word: "Added", ink: "text-diff-add-ink" },
  removed: { sign: "−", word: "Removed", ink: "text-diff-del-ink" },
  changed: { sign: "~", word: "Changed", ink: "text-warn" },
  unchanged: { sign: "=", word: "Unchanged", ink: "text-subtle" },
};

type Props = {
  object: DiffObject;
  open?: boolean;
  /** Names of the two sides, where fields are shown in a table. */
  sides?: readonly [from: string, to: string];
  /** What "removed" and the others mean here, where the plain word would mislead. */
  words?: Partial<Record<Change, string>>;
};

/** One object of a comparison: what happens to it, and on a click, how. */
export function ObjectChange({ object, open: openAtFirst = false, sides, words }: Props) {
  const [open, setOpen] = useState(openAtFirst);
  const layout = useDiffLayout();
  const { ref, change, from, to, fields, note } = object;
  const { runs } = useLineRuns(from ?? "", to ?? "");
  const counts = from === undefined || to === undefined || runs === undefined ? undefined : countRuns(runs);
  const look = looks[change];
  const hasText = from !== undefined || to !== undefined;
  const expandable = hasText || (fields?.length ?? 0) > 0;
  return (
    <section className="border-b border-line last:border-b-0">
      <h3>
        <button
          type="button"
          aria-expanded={expandable ? open : undefined}
          onClick={() => setOpen(expandable && !open)}
          className={cx(
            "flex min-h-9 w-full items-center gap-2 px-4 py-1 text-left -outline-offset-2",
            expandable && "hover:bg-hover",
          )}
        >
          <ChevronRight
            aria-hidden
            className={cx(
              "size-3.5 shrink-0 text-muted transition-transform",
              open && "rotate-90",
              !expandable && "invisible",
            )}
          />
          <span className={cx("mono w-3 shrink-0 text-center font-semibold", look.ink)} aria-hidden="true">
            {look.sign}
          </span>
          <span className="flex min-w-0 flex-1 items-center gap-1.5">
            <span className="max-w-28 shrink-0 truncate text-muted sm:max-w-none">{ref.kind}</span>
            <span className="min-w-0 font-medium">
              <MiddleName name={ref.name} />
            </span>
            {ref.namespace !== undefined && (
              <span className="min-w-0 shrink-[99] truncate text-xs text-subtle max-sm:hidden">{ref.namespace}</span>
            )}
          </span>
          {note !== undefined && (
            <span className="hidden max-w-72 truncate text-xs text-muted sm:block" title={note}>
              {note}
            </span>
          )}
          {counts && change === "changed" && (
            <span
              className="mono shrink-0 max-sm:hidden"
              aria-label={`${counts.added} lines added, ${counts.removed} removed`}
            >
              <span className="text-diff-add-ink">+{counts.added}</span>{" "}
              <span className="text-diff-del-ink">−{counts.removed}</span>
            </span>
          )}
          <span className={cx("w-14 shrink-0 text-right text-xs sm:w-20", look.ink)}>
            {words?.[change] ?? look.word}
          </span>
        </button>
      </h3>
      {open && (
        <div className="border-t border-line">
          {note !== undefined && <p className="border-b border-line px-4 py-2 text-xs text-muted">{note}</p>}
          {sides && fields && fields.length > 0 && <FieldChanges fields={fields} from={sides[0]} to={sides[1]} />}
          {hasText && (
            <div className={cx(sides && fields && fields.length > 0 && "border-t border-line")}>
              <DiffView
                from={from ?? ""}
                to={to ?? ""}
                layout={change === "changed" ? layout : "unified"}
                label={`Changes of ${ref.kind} ${ref.name}`}
              />
            </div>
          )}
        </div>
      )}
    </section>
  );
}
