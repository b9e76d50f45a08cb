"use client";
import { Check, Columns3, LayoutGrid, Rows3 } from "lucide-react";
import { useMemo } from "react";
import type { Application } from "#lib/model/application.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { buttonClass, IconButton } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cx } from "#components/ui/cx.ts";
import { Menu, MenuItem, MenuNote } from "#components/ui/menu.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { columns, columnsFor, type ColumnId } from "./columns.ts";
import type { Grouping, ListState } from "./filter.ts";
import { groupableLabels, groupingLabel, groupingsFor } from "./group.ts";

type Props = { state: ListState; change: (next: ListState) => void };

type GroupProps = Props & { items: readonly Application[] };

/** What rows are put together by. */
export function GroupMenu(props: GroupProps) {
  const { group } = props.state;
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={cx(
            buttonClass("plain", "max-w-44 font-normal"),
            group !== undefined && "border-accent bg-selected",
          )}
        >
          <span className="truncate">
            Group
            {group !== undefined && <span className="font-medium">: {groupingLabel(group)}</span>}
          </span>
        </button>
      }
    >
      <GroupEntries {...props} />
    </Menu>
  );
}

/* Drawn while the menu is open: the labels are those of all rows, which are gone through for them. */
function GroupEntries({ state, change, items }: GroupProps) {
  const { across } = useLive();
  const labels = useMemo(() => groupableLabels(items), [items]);
  const choose = (group: Grouping | undefined) => change({ ...state, group, folded: [] });
  const entry = (group: Grouping | undefined, text: string) => (
    <MenuItem
      key={text}
      icon={<Check aria-hidden className={state.group === group ? "" : "invisible"} />}
      onSelect={() => choose(group)}
    >
      {text}
      {state.group === group && <span className="sr-only"> (chosen)</span>}
    </MenuItem>
  );
  return (
    <>
      {entry(undefined, "No groups")}
      {groupingsFor(across).map((group) => entry(group, groupingLabel(group)))}
      {labels.length > 0 && <MenuNote>By label</MenuNote>}
      {labels.map((key) => entry(`label:${key}`, key))}
    </>
  );
}

/** Which columns the table has. */
export function ColumnsMenu(props: { chosen: readonly ColumnId[]; choose: (columns: readonly ColumnId[]) => void }) {
  const { chosen, choose } = props;
  const { all, usual } = columnsFor(useLive().across);
  return (
    <Popover
      title="Columns"
      className="w-52"
      trigger={
        <button type="button" aria-label="Columns" title="Columns" className={buttonClass("plain", "", "square")}>
          <Columns3 aria-hidden className="size-4" />
        </button>
      }
    >
      <ul aria-label="Columns" className="p-1">
        {all
          .filter((id) => id !== "name")
          .map((id) => (
            <li key={id} className="rounded-sm px-2 py-1 hover:bg-hover">
              <Checkbox
                checked={chosen.includes(id)}
                onChange={(on) => choose(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
              >
                {columns[id].label}
              </Checkbox>
            </li>
          ))}
      </ul>
      <p className="border-t border-line px-3 py-2 text-xs text-muted">
        In a narrow window the last ones wait for room.
      </p>
      <div className="border-t border-line p-1">
        <button
          type="button"
          onClick={() => choose(usual)}
          className="w-full rounded-sm px-2 py-1 text-left text-muted hover:bg-hover hover:text-ink"
        >
          The usual ones
        </button>
      </div>
    </Popover>
  );
}

/** Steps from the table to cards and back. */
export function ViewSwitch({ state, change }: Props) {
  const cards = state.view === "cards";
  return (
    <IconButton
      label={cards ? "Show as a table" : "Show as cards"}
      onClick={() => change({ ...state, view: cards ? "table" : "cards" })}
    >
      {cards ? <Rows3 aria-hidden className="size-4" /> : <LayoutGrid aria-hidden className="size-4" />}
    </IconButton>
  );
}
