import { Skeleton, SkeletonLines } from "#components/ui/skeleton.tsx";

/** An application that is on its way: its name is known, and what comes will stand where the bars are. */
export function ApplicationSkeleton({ name }: { name: string }) {
  return (
    <>
      <header className="flex flex-col gap-3 px-3 pt-4 pb-3 sm:px-5">
        <p className="text-title font-semibold">{name}</p>
        <Skeleton className="w-64 max-w-full" />
        <Skeleton className="h-6 w-80 max-w-full" />
      </header>
      <div className="flex gap-6 border-b border-line px-5 pt-3 pb-3">
        {["w-16", "w-20", "w-12", "w-14", "w-14"].map((width, index) => (
          <Skeleton key={index} className={width} />
        ))}
      </div>
      <SkeletonLines lines={8} label={`Loading ${name}`} />
    </>
  );
}
