"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type MouseEvent } from "react";
import { fluxSourceKey, type FluxSource } from "#lib/model/flux-source.ts";
import { useMedia } from "#components/applications/use-media.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { cx } from "#components/ui/cx.ts";
import { SourceHead, sourceColumnCount } from "./source-head.tsx";
import type { SourceListState, SourceSort } from "./source-list.ts";
import { SourceCard, SourceRow } from "./source-row.tsx";

/* Height of the header row, which stays at the top of the scrolled area. */
const headHeight = 32;

type Props = {
  rows: FluxSource[];
  state: SourceListState;
  onSort: (sort: SourceSort, descending: boolean) => void;
  onOpen: (key: string) => void;
  hold: (held: boolean) => void;
};

/** The rows, of which only those in sight are drawn. One row is the current one: j, k and Enter work on it. */
export function SourceTable({ rows, state, onSort, onOpen, hold }: Props) {
  const cards = useMedia("(max-width: 767px)");
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const focusNext = useRef(false);
  const height = cards ? 64 : 36;
  const margin = cards ? 0 : headHeight;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollPaddingStart: margin,
    scrollMargin: margin,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : fluxSourceKey(row);
    },
  });
  const index = rows.findIndex((row) => fluxSourceKey(row) === active);

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
    focusNext.current = true;
    setActive(fluxSourceKey(row));
    virtual.scrollToIndex(rows.indexOf(row));
  }
  function open(row: FluxSource) {
    const key = fluxSourceKey(row);
    setActive(key);
    onOpen(key);
  }
  function click(event: MouseEvent, row: FluxSource) {
    if (event.target instanceof Element && event.target.closest("a,button") !== null) return;
    if (getSelection()?.isCollapsed !== false) open(row);
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
      aria-label="Sources"
      aria-rowcount={rows.length + 1}
      aria-colcount={cards ? 1 : sourceColumnCount}
      ref={scroller}
      className="@container/list min-h-0 flex-1 overflow-y-auto bg-surface"
    >
      {!cards && (
        <div role="rowgroup" className="sticky top-0 z-10">
          <SourceHead state={state} onSort={onSort} />
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
              style={{ transform: `translateY(${item.start - margin}px)` }}
              className={cx(
                "absolute inset-x-0 top-0 isolate cursor-pointer border-b border-line -outline-offset-2",
                cards ? "h-16" : "h-9",
                current ? "bg-selected" : "hover:bg-hover",
              )}
            >
              {cards ? <SourceCard source={row} /> : <SourceRow source={row} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
