"use client";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState, type CSSProperties, type MouseEvent } from "react";
import { rowKey, type Application } from "#lib/model/application.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { applicationHref, inCluster } from "#components/live/paths.ts";
import { cx } from "#components/ui/cx.ts";
import { useIsServerDrawn, useMedia } from "#components/ui/use-media.ts";
import {
  VirtualGrid,
  type GridLine,
  type GridLines,
  type GridPlace,
  type OnDemand,
} from "#components/ui/virtual-grid.tsx";
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

/* Both shapes of a row are in the server's page; CSS shows the one for this width, in the height that it will have. A phone has room for less than half as many; and what
   is below the end of the window is not laid out before the first frame, which waits for that. */
const onPhones = 14;
const inLowWindows = 22;
const serverDrawn = {
  row: (line: number) =>
    line < onPhones
      ? "h-9 max-md:h-16"
      : cx("h-9 max-md:hidden", line >= inLowWindows && "[@media(max-height:960px)]:hidden"),
  head: "max-md:hidden",
};
const cardWidth = 352;
const cardHeight = 154;

/** The applications: as rows, as cards beside one another, or on a narrow screen each in two lines. */
export function ListTable({ rows, state, columns, across, selection, onSort, onFold, hold }: Props) {
  const router = useRouter();
  const narrow = useMedia("(max-width: 767px)");
  const early = useIsServerDrawn();
  // Rows that stand are drawn again where their links get to lead to another cluster.
  const { hydrated } = useLive();
  const links = hydrated ? inCluster("") : "";
  const cards = state.view === "cards" && !narrow;
  const perLine = useCardsBeside(cards);
  const { group, folded } = state;
  const groups = useMemo(() => (group === undefined ? undefined : groupRows(rows, group)), [rows, group]);
  const lines = useMemo<OnDemand<Line>>(
    () => (groups ? groupLines(groups, new Set(folded), perLine) : rowLines(rows, perLine)),
    [groups, folded, rows, perLine],
  );
  const gridLines = useMemo<GridLines>(
    () => ({
      length: lines.length,
      ...(!groups && { height: heightOf({ cards, narrow }) }),
      at: (index) => {
        const line = lines.at(index);
        return line && laidOut(line, { cards, narrow, perLine });
      },
    }),
    [lines, groups, cards, narrow, perLine],
  );
  const order = useMemo(() => (groups ? groups.flatMap((each) => each.rows) : rows), [groups, rows]);
  const { keys, select, toggleAll, only, inOrder } = selection;
  useEffect(() => inOrder(order), [order, inOrder]);

  const open = (_key: string, { line, column }: GridPlace, event?: MouseEvent) => {
    const there = lines.at(line);
    if (!there) return;
    if ("group" in there) return onFold(there.group.key, !there.folded);
    const row = there.rows[column];
    if (row && event && (event.metaKey || event.ctrlKey)) window.open(applicationHref(row), "_blank", "noopener");
    else if (row) router.push(applicationHref(row));
  };
  const draw = (key: string, { line, column }: GridPlace) => {
    const there = lines.at(line);
    if (there === undefined) return null;
    if ("group" in there) return <GroupHead group={there.group} folded={there.folded} onFold={onFold} />;
    const application = there.rows[column];
    if (application === undefined) return null;
    const props = { application, across, links, selected: keys.has(key), onSelect: select };
    if (cards && !early) return <GridCard {...props} />;
    // Each shape in a frame of its own, which stays when the page goes over from the server's drawing: no row is made anew for it.
    return (
      <>
        {(early || !narrow) && (
          <div className={cx("h-full", early && "max-md:hidden")}>
            <ListRow {...props} columns={columns} />
          </div>
        )}
        {(early ? line < onPhones : narrow) && (
          <div className={cx("h-full", early && "md:hidden")}>
            <ListCard {...props} />
          </div>
        )}
      </>
    );
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
      beside={cards && perLine > 1}
      shortcuts={(current) => {
        const there = current && lines.at(current.line);
        if (!there) return {};
        if ("group" in there) {
          const { rows: members, key } = there.group;
          return {
            x: () => toggleAll(members),
            ArrowRight: () => onFold(key, false),
            ArrowLeft: () => onFold(key, true),
          };
        }
        const application = there.rows[current.column];
        return application ? { x: () => toggleAll([application]) } : {};
      }}
    />
  );
}

function heightOf({ cards, narrow }: { cards: boolean; narrow: boolean }): number {
  if (cards) return cardHeight;
  return narrow ? 64 : 36;
}

function laidOut(
  line: Line,
  { cards, narrow, perLine }: { cards: boolean; narrow: boolean; perLine: number },
): GridLine {
  const keys = keysOf(line);
  if ("group" in line) return { keys, height: 36 };
  const height = heightOf({ cards, narrow });
  return cards ? { keys, height, cards: perLine } : { keys, height };
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
