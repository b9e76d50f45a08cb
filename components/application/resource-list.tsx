"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import { treeStep, type TreeRow } from "./resource-tree.ts";

type Props = {
  rows: TreeRow[];
  selected: string | undefined;
  onToggle: (key: string) => void;
  onOpen: (key: string) => void;
};

const height = 36;

/** The rows of the resource tree, of which only those in sight are drawn. Arrow keys walk through it, Enter opens. */
export function ResourceList({ rows, selected, onToggle, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => rows[index]?.node.key ?? index,
  });
  const [at, setAt] = useState<string>();
  // Set until the row that the keyboard went to has been drawn.
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  const current = rows.some(({ node }) => node.key === at) ? at : rows[0]?.node.key;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.role === "row") {
      event.preventDefault();
      if (current !== undefined) onOpen(current);
      return;
    }
    const step = treeStep(rows, current, event.key);
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if ("toggle" in step) {
      onToggle(step.toggle);
      return;
    }
    wanted.current = step.go;
    setAt(step.go);
    virtual.scrollToIndex(rows.findIndex(({ node }) => node.key === step.go));
  };
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label="Resources"
      onKeyDown={onKeyDown}
      tabIndex={-1}
      aria-rowcount={rows.length}
      className="max-h-[max(20rem,calc(100dvh-18rem))] overflow-y-auto rounded-lg border border-line bg-surface"
    >
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() - 1 }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const { key } = row.node;
          return (
            <div
              key={item.key}
              role="row"
              aria-level={row.depth + 1}
              aria-rowindex={item.index + 1}
              aria-expanded={row.children > 0 ? row.open : undefined}
              aria-selected={key === selected}
              data-key={key}
              tabIndex={key === current ? 0 : -1}
              onFocus={() => setAt(key)}
              className={cx(
                "absolute inset-x-0 top-0 border-b border-line -outline-offset-2",
                key === selected ? "bg-selected" : "hover:bg-hover",
              )}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Cells row={row} onToggle={() => onToggle(key)} onOpen={() => onOpen(key)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cells({ row, onToggle, onOpen }: { row: TreeRow; onToggle: () => void; onOpen: () => void }) {
  const { node, depth, children, open } = row;
  const { health, ref, drift, live } = node;
  const unhealthy = health.status !== "Healthy";
  const why = health.message ?? health.reason;
  return (
    <div className="flex h-9 items-center gap-3 pr-4 pl-2 max-sm:pr-3">
      <div
        role="gridcell"
        className="flex min-w-0 flex-1 items-center gap-2 pl-[calc(var(--depth)*0.75rem)] max-sm:gap-1.5 sm:flex-[0_0_45%] sm:pl-[calc(var(--depth)*1.25rem)]"
        style={{ "--depth": depth } as CSSProperties}
      >
        {children > 0 ? (
          <button
            type="button"
            aria-label={open ? `Close ${ref.name}` : `Open ${ref.name}, ${children} under it`}
            tabIndex={-1}
            onClick={onToggle}
            className="relative z-10 grid size-5 shrink-0 place-items-center rounded-sm text-muted hover:bg-line"
          >
            <ChevronRight aria-hidden className={cx("size-3.5 transition-transform", open && "rotate-90")} />
          </button>
        ) : (
          <span className="size-5 shrink-0" />
        )}
        <span className={cx("inline-flex", toneText[healthTone[health.status]])}>
          <Glyph name={health.status} />
          <span className="sr-only">{health.status}</span>
        </span>
        <button
          type="button"
          tabIndex={-1}
          onClick={onOpen}
          className="flex min-w-0 items-baseline gap-1.5 rounded-sm text-left after:absolute after:inset-0 hover:underline"
        >
          <span className="max-w-28 shrink-0 truncate text-muted sm:max-w-none">{ref.kind}</span>
          <span className="min-w-0 font-medium">
            <MiddleName name={ref.name} />
          </span>
        </button>
        {node.hook && <span className="rounded-sm bg-idle-tint px-1 text-xs text-muted">hook</span>}
      </div>
      <div role="gridcell" className="min-w-0 flex-1 truncate max-sm:hidden" title={unhealthy ? why : node.summary}>
        {unhealthy ? (
          <>
            <span className={cx("font-medium", toneText[healthTone[health.status]])}>{health.status}</span>
            {why !== undefined && (
              <>
                <span className="text-subtle"> · </span>
                {why}
              </>
            )}
          </>
        ) : (
          <span className="text-muted">{live === "unknown" ? "You may not read it" : node.summary}</span>
        )}
      </div>
      <div role="gridcell" className="flex shrink-0 justify-end empty:max-sm:hidden sm:w-12">
        {drift?.status === "Drifted" && (
          <span
            className="relative z-10 inline-flex items-center gap-1 text-warn"
            title={drift.fields?.map((field) => field.path).join("\n")}
          >
            <Glyph name="Drift" />
            <span className="tabular">{drift.fields?.length ?? ""}</span>
            <span className="sr-only">drifted</span>
          </span>
        )}
      </div>
      <div role="gridcell" className="tabular shrink-0 text-right text-muted sm:w-14">
        {node.createdAt !== undefined && <RelativeTime time={node.createdAt} />}
      </div>
    </div>
  );
}
