"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { UnfoldVertical } from "lucide-react";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { DiffLineCells } from "./diff-line.tsx";
import { allLines, foldLines, splitRows, type SplitRow, type UnifiedRow } from "./rows.ts";

/** How a comparison is laid out. */
export type DiffLayout = "unified" | "split";

type Props = { from: string; to: string; layout: DiffLayout; label: string };

/** Longer comparisons draw only the lines in sight, in an area of their own. */
const virtualFrom = 400;

/** Two texts compared: changed lines with their words marked, unchanged stretches folded. */
export function DiffView({ from, to, layout, label }: Props) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const lines = useMemo(() => allLines(from, to), [from, to]);
  const rows = useMemo<Array<UnifiedRow | SplitRow>>(() => {
    const unified = foldLines(lines, opened);
    return layout === "split" ? splitRows(unified) : unified;
  }, [lines, opened, layout]);
  const draw = (row: UnifiedRow | SplitRow): ReactNode => {
    if (row.kind === "fold") {
      return (
        <button
          type="button"
          onClick={() => setOpened(new Set([...opened, row.start]))}
          className="flex min-h-6 w-full items-center gap-2 bg-sunken px-3 font-sans text-xs text-muted -outline-offset-2 hover:text-ink"
        >
          <UnfoldVertical aria-hidden className="size-3.5" />
          {row.count} unchanged lines
        </button>
      );
    }
    if (row.kind !== "pair") return <DiffLineCells line={row} numbers="both" wrap={false} />;
    return (
      <div className="grid grid-cols-2 divide-x divide-line">
        <DiffLineCells line={row.from} numbers="from" wrap />
        <DiffLineCells line={row.to} numbers="to" wrap />
      </div>
    );
  };
  const frame = "mono overflow-x-auto leading-5! text-ink";
  if (rows.length > virtualFrom) return <VirtualRows rows={rows} draw={draw} label={label} className={frame} />;
  return (
    <div role="region" aria-label={label} tabIndex={0} className={frame}>
      <div className={layout === "split" ? "" : "w-max min-w-full"}>
        {rows.map((row, index) => (
          <div key={index}>{draw(row)}</div>
        ))}
      </div>
    </div>
  );
}

function VirtualRows<Row>({
  rows,
  draw,
  label,
  className,
}: {
  rows: Row[];
  draw: (row: Row) => ReactNode;
  label: string;
  className: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 30,
  });
  return (
    <div
      ref={scroller}
      role="region"
      aria-label={label}
      tabIndex={0}
      className={`${className} h-[70dvh] overflow-y-auto`}
    >
      <div className="relative min-w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="absolute top-0 left-0 min-w-full"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {draw(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
