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

/** Things in order that are made when they are looked at; an array has them all. */
export type OnDemand<T> = { readonly length: number; at(index: number): T | undefined };

/** The lines of a grid; `height` is that of all of them where they do not differ: none has to be made to know how long the list is. */
export type GridLines = OnDemand<GridLine> & { readonly height?: number };

/** Where a row stands: on which line, and how far from its left end. */
export type GridPlace = { readonly line: number; readonly column: number };

/** The classes that give the row of a line its height while the server's drawing stands: it fits every width, because the server knows none. */
export type FlowClasses = { readonly row: (line: number) => string; readonly head: string };

type Props = {
  /** Its name; where the person was is remembered under it. */
  label: string;
  lines: GridLines;
  /** Whether rows stand beside one another on a line. */
  beside?: boolean;
  columnCount: number;
  /** The header row, which stays at the top, and its height. */
  head?: { element: ReactNode; height: number } | undefined;
  /** The cells of a row. */
  draw: (key: string, place: GridPlace) => ReactNode;
  /** Whether a row is selected; absent where nothing can be. */
  isSelected?: (key: string) => boolean;
  onOpen: (key: string, place: GridPlace, event?: MouseEvent) => void;
  /** The pointer came over the rows, or left them. */
  hold: (held: boolean) => void;
  /** Keys beyond walking and opening; they get where the current row stands. */
  shortcuts?: (current: GridPlace | undefined) => Shortcuts;
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
  const placesNow = useMemo(() => onFirstUse(() => placesOf(lines)), [lines]);
  const here = active === undefined ? undefined : placesNow().byKey.get(active);
  // On arrival, the row that was left stands in the middle.
  const [initialOffset] = useState(() => {
    let above = 0;
    for (let line = 0; line < (here?.line ?? 0); line += 1) above += lines.at(line)?.height ?? 0;
    return Math.max(0, above - 300);
  });
  const virtual = useVirtualizer({
    initialOffset,
    initialRect: firstRect,
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => lines.height ?? lines.at(index)?.height ?? 36,
    overscan: 10,
    scrollPaddingStart: margin,
    scrollMargin: margin,
  });
  const heights = useMemo(() => heightsOf(lines), [lines]);
  useEffect(() => virtual.measure(), [heights, virtual]);
  useEffect(() => {
    if (!focusNext.current || active === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(active)}"]`);
    if (!row) return;
    focusNext.current = false;
    row.focus({ preventScroll: true });
  });

  function choose(index: number) {
    const { keys, byKey } = placesNow();
    const key = keys[Math.max(0, Math.min(keys.length - 1, index))];
    if (key === undefined) return;
    remembered.set(label, key);
    focusNext.current = true;
    setActive(key);
    virtual.scrollToIndex(byKey.get(key)?.line ?? 0);
  }
  function step(by: number) {
    choose(here === undefined ? 0 : here.index + by);
  }
  /** To the line above or below, where several rows stand on one. */
  function stepLine(by: number) {
    const line = here ? here.line + by : -1;
    const next = line < 0 ? undefined : lines.at(line);
    if (!here || !next) return step(here ? 0 : by);
    const key = next.keys[Math.min(here.column, next.keys.length - 1)];
    choose(key === undefined ? 0 : (placesNow().byKey.get(key)?.index ?? 0));
  }
  function click(event: MouseEvent, key: string, place: GridPlace) {
    remembered.set(label, key);
    if (event.target instanceof Element && event.target.closest("a,button,input,label") !== null) return;
    if (getSelection()?.isCollapsed === false) return;
    setActive(key);
    onOpen(key, place, event);
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => stepLine(1),
    ArrowUp: () => stepLine(-1),
    Home: () => choose(0),
    End: () => choose(placesNow().keys.length - 1),
    ...(props.beside && { ArrowRight: () => step(1), ArrowLeft: () => step(-1) }),
    ...props.shortcuts?.(here),
  });

  const tabStop = here === undefined ? lines.at(0)?.keys[0] : active;
  function row(key: string, place: GridPlace, placed: { className: string; style?: CSSProperties }) {
    const selected = props.isSelected?.(key);
    const current = key === active;
    return (
      <div
        key={key}
        role="row"
        data-key={key}
        aria-rowindex={place.line + 2}
        aria-selected={selected ?? current}
        data-current={current || undefined}
        tabIndex={key === tabStop ? 0 : -1}
        onClick={(event) => click(event, key, place)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.target !== event.currentTarget) return;
          remembered.set(label, key);
          onOpen(key, place);
        }}
        style={placed.style}
        className={cx(
          "isolate cursor-pointer -outline-offset-2",
          placed.className,
          current || selected ? "bg-selected" : "hover:bg-hover",
        )}
      >
        {props.draw(key, place)}
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
          const line = lines.at(item.index);
          if (line === undefined) return null;
          const place = { line: item.index, column: 0 };
          const style = { height: line.height, transform: `translateY(${item.start - margin}px)` };
          const [only] = line.keys;
          if (flow && only !== undefined)
            return row(only, place, { className: cx("border-b border-line", flow.row(item.index)) });
          if (line.cards === undefined && only !== undefined)
            return row(only, place, { className: "absolute inset-x-0 top-0 border-b border-line", style });
          return (
            <div
              key={only ?? item.index}
              role="presentation"
              style={{ ...style, gridTemplateColumns: `repeat(${line.cards ?? 1}, minmax(0, 1fr))` }}
              className="absolute inset-x-0 top-0 grid gap-3 px-3 pt-3 sm:px-5"
            >
              {line.keys.map((key, column) =>
                row(key, { line: item.index, column }, { className: "rounded-md border border-line" }),
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where each row stands, and how far it is in the order of all rows. Needed once one of them is the current one. */
function placesOf(lines: GridLines) {
  const keys: string[] = [];
  const byKey = new Map<string, GridPlace & { index: number }>();
  for (let line = 0; line < lines.length; line += 1) {
    for (const [column, key] of (lines.at(line)?.keys ?? []).entries()) {
      byKey.set(key, { index: keys.length, line, column });
      keys.push(key);
    }
  }
  return { keys, byKey };
}

/** Something that differs where the heights of lines do. */
function heightsOf(lines: GridLines): string {
  if (lines.height !== undefined) return `all ${lines.height}`;
  return Array.from({ length: lines.length }, (_, index) => lines.at(index)?.height).join();
}

function onFirstUse<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
