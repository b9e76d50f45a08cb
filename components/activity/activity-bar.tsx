"use client";
import { X } from "lucide-react";
import { useMemo, useRef } from "react";
import { activityKinds, type ActivityFilter } from "#lib/model/activity.ts";
import { engines, type Application } from "#lib/model/application.ts";
import { engineLabel } from "#components/applications/engine-label.ts";
import { setQuery } from "#components/live/use-query-param.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { countWords } from "#components/ui/count-words.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { filterKeys } from "./activity-filter.ts";
import { kindLabel, personName } from "./activity-words.ts";
import { SelectFilter } from "./select-filter.tsx";

type Props = {
  filter: ActivityFilter;
  applications: readonly Application[];
  people: readonly string[];
  total: number | undefined;
};

const outcomes = [
  { value: "failed", label: "Failed" },
  { value: "succeeded", label: "Succeeded" },
  { value: "running", label: "Running" },
  { value: "recovered", label: "Recovered" },
  { value: "drifted", label: "Drifted" },
  { value: "corrected", label: "Drift gone" },
  { value: "requested", label: "Requested" },
  { value: "refused", label: "Refused" },
];

const set = (key: (typeof filterKeys)[number]) => (value: string | undefined) =>
  setQuery({ [key]: value }, { push: false });

/** All that narrows the timeline; every choice is in the page's address. */
export function ActivityBar({ filter, applications, people, total }: Props) {
  const namespaces = useMemo(
    () => [...new Set(applications.map(({ namespace }) => namespace))].sort().map((value) => ({ value, label: value })),
    [applications],
  );
  const used = useMemo(() => new Set(applications.map(({ engine }) => engine)), [applications]);
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.select() });
  const narrowed = Object.keys(filter).length > 0;
  const clear = () => setQuery(Object.fromEntries(filterKeys.map((key) => [key, undefined])), { push: false });
  return (
    <div className="sticky top-0 z-10 flex flex-wrap items-center gap-2 border-b border-line bg-surface px-3 py-2.5 sm:px-5">
      <h1 className="mr-2 text-base font-semibold">Activity</h1>
      <SearchInput
        ref={field}
        aria-label="Filter activity"
        placeholder="Name, revision, message…"
        value={filter.q ?? ""}
        onChange={(value) => set("q")(value || undefined)}
        className="min-w-40 flex-1 max-sm:basis-60 md:max-w-72"
      />
      <SelectFilter
        label="Kinds"
        value={filter.kind}
        options={activityKinds.map((value) => ({ value, label: kindLabel[value] }))}
        onChange={set("kind")}
      />
      <SelectFilter label="Outcomes" value={filter.result} options={outcomes} onChange={set("result")} />
      <SelectFilter
        label="Engines"
        value={filter.engine}
        options={engines.filter((each) => used.has(each)).map((value) => ({ value, label: engineLabel[value] }))}
        onChange={set("engine")}
      />
      <SelectFilter label="Namespaces" value={filter.namespace} options={namespaces} onChange={set("namespace")} />
      <SelectFilter
        label="People"
        value={filter.person}
        options={people.map((value) => ({ value, label: personName(value) }))}
        onChange={set("person")}
      />
      {filter.application !== undefined && (
        <Button
          look="ghost"
          icon={<X aria-hidden className="size-3.5" />}
          onClick={() => set("application")(undefined)}
          aria-label={`Not only ${filter.application}`}
        >
          <span className="max-w-48 truncate">{filter.application.split("/").at(-1)}</span>
        </Button>
      )}
      {narrowed && (
        <Button look="ghost" icon={<X aria-hidden className="size-3.5" />} onClick={clear}>
          Clear
        </Button>
      )}
      <span role="status" className="tabular ml-auto whitespace-nowrap text-muted">
        {total === undefined ? "" : total === 1 ? "1 entry" : `${countWords(total)} entries`}
      </span>
    </div>
  );
}
