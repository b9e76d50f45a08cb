import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "#components/ui/cx.ts";
import type { ListState, SortKey } from "./filter.ts";

const columns: Array<{ id: string; label: string; sort?: SortKey; right?: boolean }> = [
  { id: "name", label: "Name", sort: "name" },
  { id: "namespace", label: "Namespace", sort: "namespace" },
  { id: "engine", label: "Engine", sort: "engine" },
  { id: "revision", label: "Revision", sort: "revision" },
  { id: "reason", label: "Worst first", sort: "worst" },
  { id: "sync", label: "Sync" },
  { id: "drift", label: "Drift" },
  { id: "resources", label: "Resources" },
  { id: "deployed", label: "Deployed", sort: "deployed", right: true },
];

/** Number of columns, for assistive technology. */
export const columnCount = columns.length;

/** The header row; a click sorts, a second one turns the order around, a third returns to the worst first. */
export function ListHead({
  state,
  onSort,
}: {
  state: ListState;
  onSort: (sort: SortKey, descending: boolean) => void;
}) {
  return (
    <div role="row" aria-rowindex={1} className="app-columns h-8 border-b border-line bg-surface text-xs text-muted">
      {columns.map((column) => {
        const active = column.sort === state.sort;
        const Arrow = state.descending ? ArrowUp : ArrowDown;
        const { sort } = column;
        return (
          <div
            key={column.id}
            role="columnheader"
            data-column={column.id}
            aria-sort={active ? (state.descending ? "descending" : "ascending") : undefined}
            className={cx("min-w-0 truncate", column.right && "text-right")}
          >
            {sort === undefined ? (
              column.label
            ) : (
              <button
                type="button"
                onClick={() => (active && state.descending ? onSort("worst", false) : onSort(sort, active))}
                className={cx(
                  "inline-flex items-center gap-1 rounded-sm hover:text-ink",
                  active && "font-medium text-ink",
                )}
              >
                {column.id === "reason" ? "Reason" : column.label}
                {column.id === "reason" && (
                  <span className="font-normal text-subtle">
                    {active ? (state.descending ? "best first" : "worst first") : ""}
                  </span>
                )}
                {active && column.id !== "reason" && <Arrow aria-hidden className="size-3" />}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
