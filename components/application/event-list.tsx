import type { KubeEvent } from "#lib/api/resource-contract.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** Kubernetes events, newest first; warnings stand out by shape and hue. `narrow` keeps the first column as wide as that of reasons and conditions, which they stand among. */
export function EventList(props: { events: readonly KubeEvent[]; message?: string | undefined; narrow?: boolean }) {
  const { events, message, narrow = false } = props;
  if (events.length === 0) {
    return (
      <Placeholder glyph="Missing" title="No events">
        {message ?? "Kubernetes keeps events for an hour. None were written about this in that time."}
      </Placeholder>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {message !== undefined && <li className="px-4 py-2 text-muted">{message}</li>}
      {events.map((event, index) => {
        const warning = event.type !== "Normal";
        const time = event.lastSeen ?? event.firstSeen;
        return (
          <li
            key={index}
            className={cx(
              "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2",
              narrow
                ? "sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)_auto]"
                : "sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_4rem] lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)_4rem]",
            )}
          >
            <span className="min-w-0">
              <span className={cx("flex items-center gap-2 font-medium", warning && "text-warn")}>
                <Glyph name={warning ? "Failed" : "Healthy"} className={warning ? "" : "text-idle"} />
                <span className="truncate">{event.reason}</span>
                {warning && <span className="sr-only">warning</span>}
              </span>
              <span className="flex pl-[22px] text-xs text-muted">
                <MiddleName name={`${event.about.kind}/${event.about.name}`} />
              </span>
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere] max-sm:order-last max-sm:col-span-2 max-sm:pl-[22px]">
              {event.message}
            </span>
            <span className="tabular text-right whitespace-nowrap text-muted">
              {time !== undefined && <RelativeTime time={time} />}
              {(event.count ?? 1) > 1 && <span className="block text-xs">{event.count}×</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
