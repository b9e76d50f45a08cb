import type { CSSProperties } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { columnTier, columnTracks, type ColumnId } from "./columns.ts";

const widths = ["w-40", "w-28", "w-36", "w-24", "w-32"];

/** The list before its rows are there, in the same shape. */
export function ListSkeleton({ columns }: { columns: readonly ColumnId[] }) {
  return (
    <div
      role="status"
      aria-label="Loading applications"
      style={columnTracks(columns) as CSSProperties}
      className="@container/list min-h-0 flex-1 overflow-hidden bg-surface"
    >
      <div className="h-8 border-b border-line max-md:hidden" />
      {Array.from({ length: 24 }, (_, index) => (
        <div key={index} className="border-b border-line">
          <div className="app-columns h-9 max-md:hidden">
            <span />
            {columns.map((id, column) => (
              <span key={id} data-from={columnTier(id)} className="flex">
                <Skeleton
                  className={id === "name" ? (widths[index % 5] ?? "w-32") : column % 3 === 1 ? "w-2/5" : "w-3/5"}
                />
              </span>
            ))}
          </div>
          <div className="flex h-16 flex-col justify-center gap-2 px-3 md:hidden">
            <Skeleton className={widths[index % 5] ?? "w-32"} />
            <Skeleton className="w-3/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
