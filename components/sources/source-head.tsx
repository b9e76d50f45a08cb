import { cx } from "#components/ui/cx.ts";
import { SortHead, type HeadColumn } from "#components/ui/sort-head.tsx";
import type { SourceListState, SourceSort } from "./source-list.ts";
import { notNarrow, onlyWide, sourceColumns } from "./source-row.tsx";

const columns: ReadonlyArray<HeadColumn<SourceSort>> = [
  { id: "name", label: "Name", sort: "name" },
  { id: "namespace", label: "Namespace", sort: "namespace" },
  { id: "kind", label: "Kind", sort: "kind", className: notNarrow },
  { id: "revision", label: "Revision" },
  { id: "state", label: "State", sort: "worst" },
  { id: "verified", label: "Verified", className: onlyWide },
  { id: "interval", label: "Interval", className: cx("text-right", notNarrow) },
  { id: "age", label: "Age", sort: "stored", className: "text-right" },
  { id: "size", label: "Size", className: cx("text-right", onlyWide) },
  { id: "consumers", label: "Consumers", className: notNarrow },
  { id: "actions", label: "Actions", className: "text-right" },
];

/** Number of columns, for assistive technology. */
export const sourceColumnCount = columns.length;

/** The header row of the sources. */
export function SourceHead({
  state,
  onSort,
}: {
  state: SourceListState;
  onSort: (sort: SourceSort, descending: boolean) => void;
}) {
  return (
    <SortHead
      columns={columns}
      sort={state.sort}
      home="worst"
      descending={state.descending}
      onSort={onSort}
      className={sourceColumns}
    />
  );
}
