"use client";
import { useMemo } from "react";
import { useStored } from "#components/ui/use-stored.ts";
import { columnsOf, usualColumns, type ColumnId } from "./columns.ts";
import type { ListState } from "./filter.ts";

/**
 * The columns to show: those of the URL, else those that this person chose last, else the usual ones. Choosing puts them into the URL, so
 * that what is shared looks the same, and remembers them.
 */
export function useColumns(state: ListState, change: (next: ListState) => void) {
  const [stored, store] = useStored("driftglass.columns");
  const columns = useMemo(
    () => state.columns ?? (stored === null || stored === "" ? usualColumns : columnsOf(stored.split(","))),
    [state.columns, stored],
  );
  const choose = (next: readonly ColumnId[]) => {
    const chosen = columnsOf(next);
    const usual = chosen.join() === columnsOf(usualColumns).join();
    store(usual ? "" : chosen.join(","));
    change({ ...state, columns: usual ? undefined : chosen });
  };
  return { columns, choose };
}
