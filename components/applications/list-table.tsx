"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type MouseEvent } from "react";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { applicationHref } from "#components/live/paths.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { cx } from "#components/ui/cx.ts";
import type { ListState, SortKey } from "./filter.ts";
import { columnCount, ListHead } from "./list-head.tsx";
import { ListCard, ListRow } from "./list-row.tsx";
import { useMedia } from "./use-media.ts";

/* Height of the header row, which stays at the top of the scrolled area. */
const headHeight = 32;

/* Where the person was when they left the list: coming back returns there. */
let lastActive: string | undefined;

type Props = {
  rows: Application[];
  state: ListState;
  onSort: (sort: SortKey, descending: boolean) => void;
  hold: (held: boolean) => void;
};

/** The rows, of which only those in sight are drawn. One row is the current one: j, k and Enter work on it. */
export function ListTable({ rows, state, onSort, hold }: Props) {
  const router = useRouter();
  const cards = useMedia("(max-width: 767px)");
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(lastActive);
  const focusNext = useRef(false);
  const height = cards ? 64 : 36;
  // On arrival, the row that was left stands in the middle.
  const [initialOffset] = useState(() =>
    Math.max(0, rows.findIndex((row) => applicationKey(row) === lastActive) * height - 300),
  );
  const virtual = useVirtualizer({
    initialOffset,
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollPaddingStart: cards ? 0 : headHeight,
    scrollMargin: cards ? 0 : headHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : applicationKey(row);
    },
  });
  const index = rows.findIndex((row) => applicationKey(row) === active);

  useEffect(() => virtual.measure(), [height, virtual]);
  useEffect(() => {
    if (!focusNext.current || active === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(active)}"]`);
    if (!row) return;
    focusNext.current = false;
    row.focus({ preventScroll: true });
  });

  function choose(next: number) {
    const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
    if (row === undefined) return;
    lastActive = applicationKey(row);
    focusNext.current = true;
    setActive(lastActive);
    virtual.scrollToIndex(rows.indexOf(row));
  }
  function open(row: Application | undefined) {
    if (row === undefined) return;
    lastActive = applicationKey(row);
    router.push(applicationHref(row));
  }
  function click(event: MouseEvent, row: Application) {
    if (event.target instanceof Element && event.target.closest("a,button") !== null) {
      lastActive = applicationKey(row);
      return;
    }
    if (getSelection()?.isCollapsed === false) return;
    if (event.metaKey || event.ctrlKey) window.open(applicationHref(row), "_blank", "noopener");
    else open(row);
  }
  useShortcuts({
    j: () => choose(index + 1),
    k: () => choose(index < 0 ? 0 : index - 1),
    ArrowDown: () => choose(index + 1),
    ArrowUp: () => choose(index < 0 ? 0 : index - 1),
    Home: () => choose(0),
    End: () => choose(rows.length - 1),
  });

  const tabStop = index < 0 ? 0 : index;
  return (
    <div
      role="grid"
      aria-label="Applications"
      aria-rowcount={rows.length + 1}
      aria-colcount={cards ? 1 : columnCount}
      ref={scroller}
      className="@container/list min-h-0 flex-1 overflow-y-auto bg-surface"
    >
      {!cards && (
        <div role="rowgroup" className="sticky top-0 z-10">
          <ListHead state={state} onSort={onSort} />
        </div>
      )}
      <div
        role="rowgroup"
        style={{ height: virtual.getTotalSize() }}
        className="relative"
        onPointerEnter={(event) => hold(event.pointerType === "mouse")}
        onPointerLeave={() => hold(false)}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const current = item.index === index;
          return (
            <div
              key={item.key}
              role="row"
              data-key={item.key}
              aria-rowindex={item.index + 2}
              aria-selected={current}
              tabIndex={item.index === tabStop ? 0 : -1}
              onClick={(event) => click(event, row)}
              onKeyDown={(event) => event.key === "Enter" && event.target === event.currentTarget && open(row)}
              style={{ transform: `translateY(${item.start - (cards ? 0 : headHeight)}px)` }}
              className={cx(
                "absolute inset-x-0 top-0 isolate cursor-pointer border-b border-line -outline-offset-2",
                cards ? "h-16" : "h-9",
                current ? "bg-selected" : "hover:bg-hover",
              )}
            >
              {cards ? <ListCard application={row} /> : <ListRow application={row} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
