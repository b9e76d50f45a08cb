"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";
import { cx } from "./cx.ts";

type Props = {
  count: number;
  draw: (index: number) => ReactNode;
  /** Names of lines, where they move: what was measured then stays with them. */
  keyOf?: (index: number) => number | string;
  label: string;
  /** Long lines go on below; otherwise the area is scrolled sideways. */
  wrap?: boolean;
  /** Stays at the last line while more come, unless the person has scrolled up. */
  stick?: boolean;
  /** Says how high it may get. */
  className: string;
};

/** The height of a line, in pixels. */
export const lineHeight = 20;

/** Many lines of text of which only those in sight are drawn: manifests, comparisons, logs. */
export function VirtualLines({ count, draw, keyOf, label, wrap = false, stick = false, className }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
    ...(keyOf && { getItemKey: keyOf }),
  });
  useEffect(() => {
    if (stick && atEnd.current && count > 0) virtual.scrollToIndex(count - 1, { align: "end" });
  }, [virtual, count, stick]);
  return (
    <div
      ref={scroller}
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget: area }) => {
        atEnd.current = area.scrollHeight - area.scrollTop - area.clientHeight < 60;
      }}
      className={cx("mono overflow-auto leading-5! text-ink -outline-offset-2", className)}
    >
      <div className={cx("relative", wrap ? "w-full" : "w-max min-w-full")} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            key={item.key}
            data-index={item.index}
            ref={virtual.measureElement}
            className={cx("absolute top-0 left-0", wrap ? "w-full" : "min-w-full")}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {draw(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
