import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "#components/ui/cx.ts";
import type { SourceListState, SourceSort } from "./source-list.ts";
import { notNarrow, onlyWide, sourceColumns } from "./source-row.tsx";

const columns: Array<{ label: string; sort?: SourceSort; className?: string }> = [
  { label: "Name", sort: "name" },
  { label: "Namespace", sort: "namespace" },
  { label: "Kind", sort: "kind", className: notNarrow },
  { label: "Revision" },
  { label: "State", sort: "worst" },
  { label: "Verified", className: onlyWide },
  { label: "Interval", className: cx("text-right", notNarrow) },
  { label: "Age", sort: "stored", className: "text-right" },
  { label: "Size", className: cx("text-right", onlyWide) },
  { label: "Consumers", className: notNarrow },
  { label: "Actions", className: "text-right" },
];

/** Number of columns, for assistive technology. */
export const sourceColumnCount = columns.length;

/** The header row; a click sorts, a second one turns the order around, a third returns to the worst first. */
export function SourceHead({
  state,
  onSort,
}: {
  state: SourceListState;
  onSort: (sort: SourceSort, descending: boolean) => void;
}) {
  const Arrow = state.descending ? ArrowUp : ArrowDown;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cx(sourceColumns, "h-8 border-b border-line bg-surface text-xs text-muted")}
    >
      {columns.map(({ label, sort, className }) => {
        const active = sort !== undefined && sort === state.sort;
        return (
          <div
            key={label}
            role="columnheader"
            aria-sort={active ? (state.descending ? "descending" : "ascending") : undefined}
            className={cx("min-w-0 truncate", className)}
          >
            {sort === undefined ? (
              label
            ) : (
              <button
                type="button"
                onClick={() => (active && state.descending ? onSort("worst", false) : onSort(sort, active))}
                className={cx(
                  "inline-flex items-center gap-1 rounded-sm hover:text-ink",
                  active && "font-medium text-ink",
                )}
              >
                {label}
                {active && sort === "worst" && (
                  <span className="font-normal text-subtle">{state.descending ? "best first" : "worst first"}</span>
                )}
                {active && sort !== "worst" && <Arrow aria-hidden className="size-3" />}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
