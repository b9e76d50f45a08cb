"use client";
import { useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { useStored } from "#components/ui/use-stored.ts";
import { columnsFor, columnsOf, type ColumnId } from "./columns.ts";
import type { ListState } from "./filter.ts";

/**
 * The columns to show: those of the URL, else those that this person chose last, else the usual ones. Choosing puts them into the URL, so
 * that what is shared looks the same, and remembers them; for all clusters apart from one, where no column needs to tell which.
 */
export function useColumns(state: ListState, change: (next: ListState) => void) {
  const { across } = useLive();
  const { all, usual } = columnsFor(across);
  const [stored, store] = useStored(across ? "driftglass.columns.all" : "driftglass.columns");
  const columns = useMemo(
    () =>
      (state.columns ?? (stored === null || stored === "" ? usual : columnsOf(stored.split(",")))).filter((id) =>
        all.includes(id),
      ),
    [state.columns, stored, all, usual],
  );
  const choose = (next: readonly ColumnId[]) => {
    const chosen = columnsOf(next);
    const isUsual = chosen.join() === columnsOf(usual).join();
    store(isUsual ? "" : chosen.join(","));
    change({ ...state, columns: isUsual ? undefined : chosen });
  };
  return { columns, choose };
}
