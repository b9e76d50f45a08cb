import type { Application } from "#lib/model/application.ts";
import { healthStatuses } from "#lib/model/health-status.ts";
import { cx } from "#components/ui/cx.ts";
import { healthTone, toneBar } from "#components/ui/tone.ts";

/** How many resources there are of each health, as one bar and in words. */
export function HealthBar({ resources, className }: { resources: Application["resources"]; className?: string }) {
  const parts = healthStatuses.toReversed().flatMap((status) => {
    const count = resources[status] ?? 0;
    return count > 0 ? [{ status, count }] : [];
  });
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  if (total === 0) return <span className={cx("text-subtle", className)}>–</span>;
  const words = `${total} ${total === 1 ? "resource" : "resources"}: ${parts.map((part) => `${part.count} ${part.status}`).join(", ")}`;
  return (
    <span role="img" aria-label={words} title={words} className={cx("flex items-center gap-2", className)}>
      <span className="flex h-1.5 min-w-0 flex-1 gap-px overflow-hidden rounded-full">
        {parts.map((part) => (
          <span
            key={part.status}
            className={cx("min-w-1", toneBar[healthTone[part.status]], part.status === "Unknown" && "opacity-60")}
            style={{ flexGrow: part.count }}
          />
        ))}
      </span>
      <span className="tabular w-6 text-right text-xs text-muted">{total}</span>
    </span>
  );
}
