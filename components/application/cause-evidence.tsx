"use client";
import { useQuery } from "@tanstack/react-query";
import { readLog } from "#lib/api/client.ts";
import { resourceEventsQuery, scopeKey } from "#lib/api/queries.ts";
import type { Application } from "#lib/model/application.ts";
import { formatRef, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { setQuery } from "#components/live/use-query-param.ts";
import { containerOf, lastLines } from "./cause.ts";
import { EventList } from "./event-list.tsx";
import { Section } from "./section.tsx";

/** How many lines of a log tell why a container ended; the drawer has the rest. */
const shown = 12;

/** What the resource that causes a state says itself: the last lines of its container's log, and its warnings. Nothing without a cause. */
export function CauseEvidence({ application }: { application: Application }) {
  const { cause, message } = application.health;
  if (cause === undefined) return null;
  return (
    <>
      {cause.kind === "Pod" && cause.group === "" && <LogTail pod={cause} container={containerOf(message)} />}
      <Warnings application={application} cause={cause} />
    </>
  );
}

function LogTail({ pod, container }: { pod: ResourceRef; container: string | undefined }) {
  const { scope } = useLive();
  const log = useQuery({
    queryKey: [...scopeKey(scope), "log tail", resourceKey(pod), container],
    queryFn: async ({ signal }) => {
      const read = async (previous: boolean): Promise<string[]> => {
        const query = {
          tailLines: shown,
          ...(previous && { previous }),
          ...(container !== undefined && { container }),
        };
        const pieces: string[] = [];
        for await (const piece of readLog(scope.cluster, pod, query, signal)) pieces.push(piece);
        return lastLines(pieces, shown);
      };
      // The run that has just ended has the reason; a container that never ran twice has only one.
      const before = await read(true).catch(() => []);
      return before.length > 0 ? before : read(false);
    },
    refetchInterval: 30_000,
    retry: false,
  });
  // A container that never started has no log, and its reason stands above: nothing to show is no fault here.
  if (log.data === undefined || log.data.length === 0) return null;
  return (
    <Section title={`Last lines of ${container ?? pod.name}`}>
      <pre
        tabIndex={0}
        aria-label={`Last log lines of ${pod.name}`}
        className="mono overflow-x-auto px-4 py-3 leading-5! whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {log.data.join("\n")}
      </pre>
      <button
        type="button"
        onClick={() => setQuery({ tab: "resources", resource: resourceKey(pod) })}
        className="mx-4 mb-3 max-w-full truncate rounded-sm text-left text-accent underline-offset-2 hover:underline"
      >
        {formatRef(pod)}
      </button>
    </Section>
  );
}

function Warnings({ application, cause }: { application: Application; cause: ResourceRef }) {
  const { scope } = useLive();
  const events = useQuery({ ...resourceEventsQuery(scope, application, cause), refetchInterval: 30_000, retry: false });
  const warnings = (events.data?.items ?? []).filter(({ type }) => type !== "Normal").slice(0, 3);
  if (warnings.length === 0) return null;
  return (
    <Section title="Warnings of the cause">
      <EventList events={warnings} narrow />
    </Section>
  );
}
