import { Skeleton } from "#components/ui/skeleton.tsx";

const widths = ["w-40", "w-28", "w-36", "w-24", "w-32"];

/** The list before its rows are there, in the same shape. */
export function ListSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading applications"
      className="@container/list min-h-0 flex-1 overflow-hidden bg-surface"
    >
      <div className="h-8 border-b border-line max-md:hidden" />
      {Array.from({ length: 24 }, (_, index) => (
        <div key={index} className="border-b border-line">
          <div className="app-columns h-9 max-md:hidden">
            <Skeleton className={widths[index % 5] ?? "w-32"} />
            <Skeleton className="w-16" />
            <span className="flex" data-column="engine">
              <Skeleton className="w-16" />
            </span>
            <Skeleton className="w-24" />
            <Skeleton className={index % 3 === 0 ? "w-4/5" : "w-2/5"} />
            <span className="flex" data-column="sync">
              <Skeleton className="w-16" />
            </span>
            <Skeleton className="w-6" />
            <span className="flex" data-column="resources">
              <Skeleton className="w-full" />
            </span>
            <Skeleton className="ml-auto w-8" />
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
