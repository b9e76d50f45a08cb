"use client";
import type { Connection } from "#lib/api/connection-contract.ts";
import type { PageConnection } from "#components/live/connection.ts";
import { cx } from "#components/ui/cx.ts";
import { RelativeTime, useAge } from "#components/ui/relative-time.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";

const words: Record<Connection["state"], string> = {
  live: "Live",
  "catching-up": "Catching up",
  disconnected: "Disconnected",
};

const looks: Record<Connection["state"], { dot: string; text: string }> = {
  live: { dot: "bg-ok-bar", text: "text-muted" },
  "catching-up": { dot: "bg-busy-bar animate-breathe", text: "text-busy" },
  disconnected: { dot: "border-2 border-bad-bar", text: "text-bad font-medium" },
};

/** Says whether what is on the page is what is in the clusters now, and if not, in which and since when. */
export function ConnectionState({ connection, clusters }: PageConnection) {
  const look = looks[connection.state];
  const age = useAge(connection.since);
  return (
    <Tooltip
      side="bottom"
      text={
        <>
          {clusters ? (
            clusters.map((each) => (
              <span key={each.cluster} className="block [overflow-wrap:anywhere]">
                {each.cluster}
                <span className="text-muted">
                  {" "}
                  · {words[each.connection.state]}
                  {each.connection.message !== undefined && `: ${each.connection.message}`}
                </span>
              </span>
            ))
          ) : (
            <>
              {connection.message ??
                (connection.state === "live"
                  ? "Changes in the cluster show at once"
                  : "What is on the page may be old")}
              <span className="block text-muted">
                {words[connection.state]} for {age}
              </span>
            </>
          )}
        </>
      }
    >
      <button
        type="button"
        className={cx("flex h-7 items-center gap-1.5 rounded-md px-1.5 whitespace-nowrap", look.text)}
      >
        <span aria-hidden="true" className={cx("size-2 rounded-full", look.dot)} />
        <span className={cx(connection.state === "live" && "max-sm:sr-only")}>{words[connection.state]}</span>
        {clusters && connection.state !== "live" && (
          <span className="max-w-40 truncate max-sm:sr-only">{concerned(connection, clusters)}</span>
        )}
        {connection.state === "disconnected" && (
          <RelativeTime time={connection.since} className={cx("tabular", clusters && "max-sm:hidden")} />
        )}
      </button>
    </Tooltip>
  );
}

/** Which of several clusters are meant: the one, or how many. */
function concerned({ state }: Connection, clusters: NonNullable<PageConnection["clusters"]>): string {
  const meant = clusters.filter(({ connection }) => connection.state === state);
  return meant.length === 1 ? (meant[0]?.cluster ?? "") : `${meant.length} of ${clusters.length}`;
}
