import { Box } from "#components/ui/checkbox.tsx";
import { SortHead } from "#components/ui/sort-head.tsx";
import { columns, columnTier, type ColumnId } from "./columns.ts";
import type { ListState, SortKey } from "./filter.ts";

type Props = {
  chosen: readonly ColumnId[];
  state: ListState;
  onSort: (sort: SortKey, descending: boolean) => void;
  /** Whether all, some or none of the rows are selected. */
  selected: boolean | "mixed";
  onSelectAll: (on: boolean) => void;
};

/** The header row of the applications. */
export function ListHead({ chosen, state, onSort, selected, onSelectAll }: Props) {
  return (
    <SortHead
      columns={chosen.map((id) => ({
        id,
        label: columns[id].label,
        sort: columns[id].sort,
        className: columns[id].right ? "text-right" : undefined,
        from: columnTier(id),
      }))}
      sort={state.sort}
      home="worst"
      descending={state.descending}
      onSort={onSort}
      className="app-columns"
      first={
        <div role="columnheader" className="flex">
          <Box
            checked={selected}
            label={selected === true ? "Let go of all" : "Select all that are listed"}
            onChange={() => onSelectAll(selected !== true)}
          />
        </div>
      }
    />
  );
}
