"use client";
import { podsBelow } from "#lib/graph/pods-below.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { LogPanel } from "#components/logs/log-panel.tsx";
import { Pending } from "#components/live/pending.tsx";
import { useResources } from "#components/live/queries.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { Placeholder } from "#components/ui/notice.tsx";
import { Select } from "#components/ui/select.tsx";

/** So many pods are followed at once. */
const most = 20;

/** The logs of an application's pods, all together or one; those in trouble come first. */
export function LogsTab({ unit }: { unit: ApplicationRef }) {
  const { data, error, refetch } = useResources(unit);
  const [chosen] = useQueryParam("pod");
  if (data === undefined) return <Pending error={error} onRetry={refetch} label="Looking for pods" />;
  const pods = podsBelow(data.items);
  if (pods.length === 0)
    return (
      <Placeholder glyph="Missing" title="No pods">
        Nothing of this application runs in a pod that you may see.
      </Placeholder>
    );
  const one = pods.find(({ key }) => key === chosen);
  const read = one ? [one] : pods.slice(0, most);
  return (
    <div className="p-3 sm:p-5">
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Select
          aria-label="Pod"
          value={one?.key ?? ""}
          onChange={(event) => setQuery({ pod: event.target.value || undefined })}
          className="sm:max-w-md"
        >
          <option value="">{pods.length === 1 ? "The only pod" : `All ${Math.min(pods.length, most)} pods`}</option>
          {pods.map(({ key, ref, health }) => (
            <option key={key} value={key}>
              {ref.name} · {health.status}
            </option>
          ))}
        </Select>
        {one === undefined && pods.length > most && (
          <span className="text-muted">
            {most} of {pods.length}, those in trouble first
          </span>
        )}
      </div>
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <LogPanel
          pods={read.map(({ ref }) => ref)}
          label={one ? `Log of ${one.ref.name}` : "Logs"}
          height="max-h-[max(18rem,calc(100dvh-21rem))]"
        />
      </div>
    </div>
  );
}
