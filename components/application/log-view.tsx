"use client";
import { useEffect, useRef, useState } from "react";
import { readLog } from "#lib/api/client.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { followLog } from "./follow-log.ts";

/** The last lines of a pod's log, and what follows while it is open. */
export function LogView({ pod }: { pod: ResourceRef }) {
  const [previous, setPrevious] = useState(false);
  const cluster = useLive().scope.cluster;
  return (
    <div>
      <div className="flex h-10 items-center border-b border-line px-4">
        <Checkbox checked={previous} onChange={setPrevious}>
          Before the last restart
        </Checkbox>
      </div>
      <LogLines key={`${cluster} ${resourceKey(pod)} ${previous}`} cluster={cluster} pod={pod} previous={previous} />
    </div>
  );
}

/** Reads one log from beginning to end; another log is another one of these. */
function LogLines({ cluster, pod, previous }: { cluster: string; pod: ResourceRef; previous: boolean }) {
  // The reference is a new object whenever the tree is drawn, which must not start the log again.
  const [ref] = useState(pod);
  const [lines, setLines] = useState<string[]>();
  const [error, setError] = useState<unknown>();
  const area = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    followLog(
      readLog(cluster, ref, { tailLines: 500, ...(previous ? { previous } : { follow: true }) }, stop.signal),
      setLines,
    ).catch((reason: unknown) => {
      if (!stop.signal.aborted) setError(reason);
    });
    return () => stop.abort();
  }, [cluster, ref, previous]);
  useEffect(() => {
    // Stays at the end unless the person has scrolled up to read.
    const element = area.current;
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 120)
      element.scrollTop = element.scrollHeight;
  });
  if (error !== undefined) return <ProblemPlaceholder error={error} />;
  if (lines === undefined) return <SkeletonLines label="Loading the log" />;
  if (lines.length === 0) return <Placeholder glyph="Missing" title="The log is empty" />;
  return (
    <pre
      ref={area}
      tabIndex={0}
      aria-label={`Log of ${ref.name}`}
      className="mono max-h-[calc(100dvh-9.5rem)] overflow-auto px-4 py-2 leading-5! whitespace-pre-wrap [overflow-wrap:anywhere] -outline-offset-2"
    >
      {lines.join("\n")}
    </pre>
  );
}
