"use client";
import Link from "next/link";
import { fluxSourceKey } from "#lib/model/flux-source.ts";
import { inCluster } from "#components/live/paths.ts";
import { useSources } from "#components/sources/use-sources.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { Nothing, Panel } from "./panel.tsx";

/** Sources that can't be fetched, and why: what takes them stays at what it has. */
export function SourcesPanel() {
  const { data, error } = useSources();
  // Where there is no Flux there is nothing to say.
  if (data?.state === "absent") return null;
  const failing = data?.items.filter(({ status }) => status.status === "Degraded") ?? [];
  return (
    <Panel
      title="Failing sources"
      count={data && failing.length}
      more={
        <Link href={inCluster("/sources")} className="text-accent hover:underline">
          All sources
        </Link>
      }
    >
      {data === undefined ? (
        error ? (
          <Nothing>Sources can't be read: {error.message}</Nothing>
        ) : (
          <SkeletonLines lines={2} label="Loading sources" />
        )
      ) : failing.length === 0 ? (
        <Nothing>
          {data.items.length === 0 && data.limits.length > 0
            ? "You may not read sources."
            : `All ${data.items.length} sources are fetched.`}
        </Nothing>
      ) : (
        <ul>
          {failing.slice(0, 6).map((source) => {
            const key = fluxSourceKey(source);
            const { message, reason } = source.status;
            return (
              <li
                key={key}
                className="flex items-start gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover"
              >
                <span className="mt-0.5 text-bad">
                  <Glyph name="Degraded" />
                </span>
                <div className="min-w-0 flex-1">
                  <Link
                    href={inCluster(`/sources?source=${encodeURIComponent(key)}`)}
                    prefetch={false}
                    className="flex min-w-0 items-baseline gap-2 font-medium hover:underline"
                  >
                    <MiddleName name={source.name} />
                    <span className="shrink-0 text-xs font-normal text-muted">{source.kind}</span>
                  </Link>
                  <span className="line-clamp-2 text-muted [overflow-wrap:anywhere]" title={message ?? reason}>
                    {message ?? reason}
                  </span>
                </div>
                <span className="tabular shrink-0 text-xs text-muted" title="Applications that take it">
                  {source.consumers.length} {source.consumers.length === 1 ? "user" : "users"}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
