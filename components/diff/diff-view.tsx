"use client";
import { UnfoldVertical } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { DiffRows, type DiffLayout, type DiffRow } from "#lib/diff/diff-rows.ts";
import { linesOf, type LineRun } from "#lib/diff/line-runs.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { VirtualLines } from "#components/ui/virtual-lines.tsx";
import { DiffLineCells } from "./diff-line.tsx";
import { useLineRuns } from "./use-line-runs.ts";

type Props = { from: string; to: string; layout: DiffLayout; label: string };

/** Longer comparisons draw only the lines in sight, in an area of their own. */
const virtualFrom = 400;

/** Two texts compared: changed lines with their words marked, unchanged stretches folded. Long ones are compared in a worker. */
export function DiffView({ from, to, layout, label }: Props) {
  const { runs, error } = useLineRuns(from, to);
  if (error !== undefined) return <ProblemPlaceholder error={error} />;
  if (runs === undefined) return <SkeletonLines lines={8} label="Comparing" />;
  return <Rows runs={runs} from={from} to={to} layout={layout} label={label} />;
}

function Rows({ runs, from, to, layout, label }: Props & { runs: readonly LineRun[] }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const before = useMemo(() => linesOf(from), [from]);
  const after = useMemo(() => linesOf(to), [to]);
  const rows = useMemo(() => new DiffRows(runs, layout, opened), [runs, layout, opened]);
  const wrap = layout === "split";
  const draw = (index: number): ReactNode => {
    const row = rows.at(index);
    if (row === undefined) return null;
    if (row.kind === "fold") return <Fold count={row.count} onOpen={() => setOpened(new Set([...opened, row.run]))} />;
    return <Cells row={row} before={before} after={after} />;
  };
  if (rows.count > virtualFrom)
    return <VirtualLines count={rows.count} draw={draw} label={label} wrap={wrap} className="h-[70dvh]" />;
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="mono overflow-x-auto leading-5! text-ink -outline-offset-2"
    >
      <div className={wrap ? "" : "w-max min-w-full"}>
        {Array.from({ length: rows.count }, (_, index) => (
          <div key={index} data-index={index}>
            {draw(index)}
          </div>
        ))}
      </div>
    </div>
  );
}

function Cells({
  row,
  before,
  after,
}: {
  row: Exclude<DiffRow, { kind: "fold" }>;
  before: readonly string[];
  after: readonly string[];
}) {
  const { from, to } = row;
  if (row.kind !== "pair") {
    const text = row.kind === "added" ? after[to ?? 0] : before[from ?? 0];
    const other = row.other === undefined ? undefined : (row.kind === "added" ? before : after)[row.other];
    return <DiffLineCells line={{ kind: row.kind, text: text ?? "", other, numbers: [from, to] }} wrap={false} />;
  }
  const left = from === undefined ? undefined : before[from];
  const right = to === undefined ? undefined : after[to];
  return (
    <div className="grid grid-cols-2 divide-x divide-line">
      <DiffLineCells
        line={
          left === undefined
            ? undefined
            : { kind: row.changed ? "removed" : "context", text: left, other: right, numbers: [from] }
        }
        wrap
      />
      <DiffLineCells
        line={
          right === undefined
            ? undefined
            : { kind: row.changed ? "added" : "context", text: right, other: left, numbers: [to] }
        }
        wrap
      />
    </div>
  );
}

function Fold({ count, onOpen }: { count: number; onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex min-h-6 w-full items-center gap-2 bg-sunken px-3 font-sans text-xs text-muted -outline-offset-2 hover:text-ink"
    >
      <UnfoldVertical aria-hidden className="size-3.5" />
      <span className="tabular">{count}</span> unchanged lines
    </button>
  );
}
