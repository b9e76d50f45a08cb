"use client";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState, type CSSProperties, type MouseEvent } from "react";
import { rowKey, type Application } from "#lib/model/application.ts";
import { applicationHref } from "#components/live/paths.ts";
import { useIsServerDrawn, useMedia } from "#components/ui/use-media.ts";
import { VirtualGrid, type GridLine } from "#components/ui/virtual-grid.tsx";
import { columnTracks, type ColumnId } from "./columns.ts";
import type { ListState, SortKey } from "./filter.ts";
import { GroupHead } from "./group-head.tsx";
import { groupRows } from "./group.ts";
import { groupLines, keysOf, rowLines, type Line } from "./lines.ts";
import { ListHead } from "./list-head.tsx";
import { GridCard, ListCard, ListRow } from "./list-row.tsx";
import type { Selection } from "./use-selection.ts";

type Props = {
  rows: Application[];
  state: ListState;
  columns: readonly ColumnId[];
  /** Whether rows are of several clusters. */
  across: boolean;
  selection: Selection;
  onSort: (sort: SortKey, descending: boolean) => void;
  onFold: (key: string, folded: boolean) => void;
  hold: (held: boolean) => void;
};

/* Both shapes of a row are in the server's page; CSS shows the one for this width, in the height that it will have. A phone has room for less than half as many. */
const onPhones = 14;
const serverDrawn = {
  row: (line: number) => (line < onPhones ? "h-9 max-md:h-16" : "h-9 max-md:hidden"),
  head: "max-md:hidden",
};
const cardWidth = 352;
const cardHeight = 154;

/** The applications: as rows, as cards beside one another, or on a narrow screen each in two lines. */
export function ListTable({ rows, state, columns, across, selection, onSort, onFold, hold }: Props) {
  const router = useRouter();
  const narrow = useMedia("(max-width: 767px)");
  const early = useIsServerDrawn();
  const cards = state.view === "cards" && !narrow;
  const perLine = useCardsBeside(cards);
  const { group, folded } = state;
  const groups = useMemo(() => (group === undefined ? undefined : groupRows(rows, group)), [rows, group]);
  const lines = useMemo(
    () => (groups ? groupLines(groups, new Set(folded), perLine) : rowLines(rows, perLine)),
    [groups, folded, rows, perLine],
  );
  const gridLines = useMemo(
    () => lines.map((line) => laidOut(line, { cards, narrow, perLine })),
    [lines, cards, narrow, perLine],
  );
  const byKey = useMemo(() => new Map(rows.map((row) => [rowKey(row), row])), [rows]);
  const heads = useMemo(
    () => new Map(lines.flatMap((line) => ("group" in line ? [[line.key, line] as const] : []))),
    [lines],
  );
  const order = useMemo(() => (groups ? groups.flatMap((each) => each.rows) : rows), [groups, rows]);
  const { keys, select, toggleAll, only, inOrder } = selection;
  useEffect(() => inOrder(order), [order, inOrder]);

  const open = (key: string, event?: MouseEvent) => {
    const head = heads.get(key);
    const row = byKey.get(key);
    if (head) onFold(head.group.key, !head.folded);
    else if (row && event && (event.metaKey || event.ctrlKey)) window.open(applicationHref(row), "_blank", "noopener");
    else if (row) router.push(applicationHref(row));
  };
  const draw = (key: string) => {
    const head = heads.get(key);
    if (head) return <GroupHead group={head.group} folded={head.folded} onFold={onFold} />;
    const application = byKey.get(key);
    if (application === undefined) return null;
    const props = { application, across, selected: keys.has(key), onSelect: select };
    if (early)
      return (
        <>
          <div className="h-full max-md:hidden">
            <ListRow {...props} columns={columns} />
          </div>
          {rows.indexOf(application) < onPhones && (
            <div className="h-full md:hidden">
              <ListCard {...props} />
            </div>
          )}
        </>
      );
    if (narrow) return <ListCard {...props} />;
    return cards ? <GridCard {...props} /> : <ListRow {...props} columns={columns} />;
  };
  const all = keys.size >= order.length && order.every((row) => keys.has(rowKey(row)));
  return (
    <VirtualGrid
      label="Applications"
      lines={gridLines}
      columnCount={narrow || cards ? 1 : columns.length + 1}
      style={columnTracks(columns) as CSSProperties}
      flow={early ? serverDrawn : undefined}
      head={
        narrow || cards
          ? undefined
          : {
              height: 32,
              element: (
                <ListHead
                  chosen={columns}
                  state={state}
                  onSort={onSort}
                  selected={all || (keys.size > 0 && "mixed")}
                  onSelectAll={(on) => only(on ? order.map(rowKey) : [])}
                />
              ),
            }
      }
      isSelected={(key) => keys.has(key)}
      draw={draw}
      onOpen={open}
      hold={hold}
      shortcuts={(current) => {
        const head = current === undefined ? undefined : heads.get(current);
        const application = current === undefined ? undefined : byKey.get(current);
        return {
          ...(application && { x: () => toggleAll([application]) }),
          ...(head && {
            x: () => toggleAll(head.group.rows),
            ArrowRight: () => onFold(head.group.key, false),
            ArrowLeft: () => onFold(head.group.key, true),
          }),
        };
      }}
    />
  );
}

function laidOut(
  line: Line,
  { cards, narrow, perLine }: { cards: boolean; narrow: boolean; perLine: number },
): GridLine {
  const keys = keysOf(line);
  if ("group" in line) return { keys, height: 36 };
  if (cards) return { keys, height: cardHeight, cards: perLine };
  return { keys, height: narrow ? 64 : 36 };
}

/** How many cards have room beside one another; 1 where there are no cards. */
function useCardsBeside(cards: boolean): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const main = document.getElementById("main");
    if (!main || !cards) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(main);
    return () => observer.disconnect();
  }, [cards]);
  return cards ? Math.max(1, Math.floor(width / cardWidth)) : 1;
}
