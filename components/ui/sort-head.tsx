import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** A column of a header row; `from` is the room from which on it is there, see globals.css. */
export type HeadColumn<S extends string> = {
  id: string;
  label: string;
  sort?: S | undefined;
  className?: string | undefined;
  from?: "narrow" | "middle" | "wide";
};

/**
 * The header row of a list; a click sorts, a second one turns the order around, a third returns to the usual order. The column of that one
 * says it in words: its arrow would tell nothing.
 */
export function SortHead<S extends string>(props: {
  columns: ReadonlyArray<HeadColumn<S>>;
  sort: S;
  /** The usual order, which goes by how much a row needs a person. */
  home: S;
  descending: boolean;
  onSort: (sort: S, descending: boolean) => void;
  className: string;
  /** A cell before the others. */
  first?: ReactNode;
}) {
  const { sort, home, descending, onSort } = props;
  const Arrow = descending ? ArrowUp : ArrowDown;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cx(props.className, "h-8 border-b border-line bg-surface text-xs text-muted")}
    >
      {props.first}
      {props.columns.map((column) => {
        const by = column.sort;
        const active = by !== undefined && by === sort;
        return (
          <div
            key={column.id}
            role="columnheader"
            data-from={column.from}
            aria-sort={active ? (descending ? "descending" : "ascending") : undefined}
            className={cx("min-w-0 truncate", column.className)}
          >
            {by === undefined ? (
              column.label
            ) : (
              <button
                type="button"
                onClick={() => (active && descending ? onSort(home, false) : onSort(by, active))}
                className={cx(
                  "inline-flex items-center gap-1 rounded-sm hover:text-ink",
                  active && "font-medium text-ink",
                )}
              >
                {column.label}
                {active && by === home && (
                  <span className="font-normal text-subtle">{descending ? "best first" : "worst first"}</span>
                )}
                {active && by !== home && <Arrow aria-hidden className="size-3" />}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
