"use client";
import { useMemo, useState } from "react";
import type { ApplicationRef } from "#lib/model/application.ts";
import { Pending } from "#components/live/pending.tsx";
import { useApplicationEvents } from "#components/live/queries.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { EventList } from "./event-list.tsx";

/** Events of the application's own object and of everything it has in the cluster, newest first. */
export function EventsPanel({ unit }: { unit: ApplicationRef }) {
  const { data, error, refetch } = useApplicationEvents(unit);
  const [query, setQuery] = useState("");
  const [warnings, setWarnings] = useState(false);
  const all = data?.items;
  const events = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return (all ?? []).filter((event) => {
      if (warnings && event.type === "Normal") return false;
      const text = `${event.reason} ${event.about.kind}/${event.about.name} ${event.message}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [all, query, warnings]);
  if (all === undefined) return <Pending error={error} onRetry={refetch} label="Loading events" />;
  const narrowed = events.length < all.length;
  return (
    <div className="p-3 sm:p-5">
      {all.length > 0 && (
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <SearchInput
            aria-label="Filter events"
            placeholder="Reason, object, message…"
            value={query}
            onChange={setQuery}
            className="sm:max-w-72"
          />
          <Checkbox checked={warnings} onChange={setWarnings}>
            Only warnings{" "}
            <span className="tabular text-muted">{all.filter((event) => event.type !== "Normal").length}</span>
          </Checkbox>
          <span role="status" className="tabular ml-auto text-muted">
            {events.length} of {all.length}
          </span>
        </div>
      )}
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <EventList events={events} message={narrowed && events.length === 0 ? "None matches." : data?.message} />
      </div>
    </div>
  );
}
