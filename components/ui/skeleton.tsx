import { cx } from "./cx.ts";

/** A grey bar in the shape of text that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx("inline-block h-3 animate-breathe rounded-sm bg-line align-middle", className)}
    />
  );
}

/** Several lines of text that are on their way. */
export function SkeletonLines({ lines = 6, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-5">
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} className={["w-2/3", "w-1/2", "w-3/5", "w-2/5"][index % 4] ?? "w-1/2"} />
      ))}
    </div>
  );
}
