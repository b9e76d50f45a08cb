"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type CSSProperties, type MouseEvent, type ReactNode } from "react";
import { useShortcuts, type Shortcuts } from "#components/shell/shortcuts.ts";
import { cx } from "./cx.ts";

/**
 * A line of a grid: the keys of the rows that stand on it, and its height in pixels. With `cards` its rows are cards beside one another, in
 * that many tracks; without, it is one row across.
 */
export type GridLine = { readonly keys: readonly string[]; readonly height: number; readonly cards?: number };

/** The classes that give the row of a line its height while the server's drawing stands: it fits every width, because the server knows none. */
export type FlowClasses = { readonly row: (line: number) => string; readonly head: string };

type Props = {
  /** Its name; where the person was is remembered under it. */
  label: string;
  lines: readonly GridLine[];
  columnCount: number;
  /** The header row, which stays at the top, and its height. */
  head?: { element: ReactNode; height: number } | undefined;
  /** The cells of a row. */
  draw: (key: string) => ReactNode;
  /** Whether a row is selected; absent where nothing can be. */
  isSelected?: (key: string) => boolean;
  onOpen: (key: string, event?: MouseEvent) => void;
  /** The pointer came over the rows, or left them. */
  hold: (held: boolean) => void;
  /** Keys beyond walking and opening; they get the current row. */
  shortcuts?: (current: string | undefined) => Shortcuts;
  /** Custom properties for the grid, such as the tracks of its columns. */
  style?: CSSProperties;
  /** While there is one, rows stand one below the other instead of each in its own place. */
  flow?: FlowClasses | undefined;
};

/* Where the person was when they left a list: coming back returns there. */
const remembered = new Map<string, string>();

/* Until the browser has measured the room: what the server draws, too. */
const firstRect = { width: 1280, height: 800 };

/** Rows, of which only those in sight are drawn. One of them is the current one: j, k, arrows and Enter work on it. */
export function VirtualGrid(props: Props) {
  const { label, lines, head, hold, onOpen, flow } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | undefined>(() => remembered.get(label));
  const focusNext = useRef(false);
  const margin = head?.height ?? 0;
  const places = useMemo(() => placesOf(lines), [lines]);
  const here = active === undefined ? undefined : places.byKey.get(active);
  // On arrival, the row that was left stands in the middle.
  const [initialOffset] = useState(() => {
    const line = here?.line ?? 0;
    return Math.max(0, lines.slice(0, line).reduce((sum, each) => sum + each.height, 0) - 300);
  });
  const virtual = useVirtualizer({
    initialOffset,
    initialRect: firstRect,
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => lines[index]?.height ?? 36,
    overscan: 10,
    scrollPaddingStart: margin,
    scrollMargin: margin,
    getItemKey: (index) => lines[index]?.keys[0] ?? index,
  });
  const heights = useMemo(() => lines.map((line) => line.height).join(), [lines]);
  useEffect(() => virtual.measure(), [heights, virtual]);
  useEffect(() => {
    if (!focusNext.current || active === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(active)}"]`);
    if (!row) return;
    focusNext.current = false;
    row.focus({ preventScroll: true });
  });

  function choose(index: number) {
    const key = places.keys[Math.max(0, Math.min(places.keys.length - 1, index))];
    if (key === undefined) return;
    remembered.set(label, key);
    focusNext.current = true;
    setActive(key);
    virtual.scrollToIndex(places.byKey.get(key)?.line ?? 0);
  }
  function step(by: number) {
    choose(here === undefined ? 0 : here.index + by);
  }
  /** To the line above or below, where several rows stand on one. */
  function stepLine(by: number) {
    const next = here && lines[here.line + by];
    if (!here || !next) return step(here ? 0 : by);
    const key = next.keys[Math.min(here.column, next.keys.length - 1)];
    choose(key === undefined ? 0 : (places.byKey.get(key)?.index ?? 0));
  }
  function click(event: MouseEvent, key: string) {
    remembered.set(label, key);
    if (event.target instanceof Element && event.target.closest("a,button,input,label") !== null) return;
    if (getSelection()?.isCollapsed === false) return;
    setActive(key);
    onOpen(key, event);
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => stepLine(1),
    ArrowUp: () => stepLine(-1),
    Home: () => choose(0),
    End: () => choose(places.keys.length - 1),
    ...(places.beside && { ArrowRight: () => step(1), ArrowLeft: () => step(-1) }),
    ...props.shortcuts?.(here === undefined ? undefined : active),
  });

  const tabStop = here === undefined ? places.keys[0] : active;
  function row(key: string, line: number, placed: { className: string; style?: CSSProperties }) {
    const selected = props.isSelected?.(key);
    const current = key === active;
    return (
      <div
        key={key}
        role="row"
        data-key={key}
        aria-rowindex={line + 2}
        aria-selected={selected ?? current}
        data-current={current || undefined}
        tabIndex={key === tabStop ? 0 : -1}
        onClick={(event) => click(event, key)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.target !== event.currentTarget) return;
          remembered.set(label, key);
          onOpen(key);
        }}
        style={placed.style}
        className={cx(
          "isolate cursor-pointer -outline-offset-2",
          placed.className,
          current || selected ? "bg-selected" : "hover:bg-hover",
        )}
      >
        {props.draw(key)}
      </div>
    );
  }
  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={lines.length + 1}
      aria-colcount={props.columnCount}
      ref={scroller}
      style={props.style}
      className="@container/list min-h-0 flex-1 overflow-y-auto bg-surface"
    >
      {head && (
        <div role="rowgroup" className={cx("sticky top-0 z-10", flow?.head)}>
          {head.element}
        </div>
      )}
      <div
        role="rowgroup"
        style={flow ? undefined : { height: virtual.getTotalSize() }}
        className="relative"
        onPointerEnter={(event) => hold(event.pointerType === "mouse")}
        onPointerLeave={() => hold(false)}
      >
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          const style = { height: line.height, transform: `translateY(${item.start - margin}px)` };
          const [only] = line.keys;
          if (flow && only !== undefined)
            return row(only, item.index, { className: cx("border-b border-line", flow.row(item.index)) });
          if (line.cards === undefined && only !== undefined)
            return row(only, item.index, { className: "absolute inset-x-0 top-0 border-b border-line", style });
          return (
            <div
              key={item.key}
              role="presentation"
              style={{ ...style, gridTemplateColumns: `repeat(${line.cards ?? 1}, minmax(0, 1fr))` }}
              className="absolute inset-x-0 top-0 grid gap-3 px-3 pt-3 sm:px-5"
            >
              {line.keys.map((key) => row(key, item.index, { className: "rounded-md border border-line" }))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where each row stands: in the order of all rows, on which line, and how far from its left end. */
function placesOf(lines: readonly GridLine[]) {
  const keys: string[] = [];
  const byKey = new Map<string, { index: number; line: number; column: number }>();
  lines.forEach((line, at) => {
    line.keys.forEach((key, column) => {
      byKey.set(key, { index: keys.length, line: at, column });
      keys.push(key);
    });
  });
  return { keys, byKey, beside: lines.some((line) => line.keys.length > 1) };
}
