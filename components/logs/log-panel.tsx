"use client";
import { useMemo, useState, type ReactNode } from "react";
import type { LiveResource } from "#lib/api/resource-contract.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { DownloadButton } from "#components/ui/download.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { Banner, Placeholder } from "#components/ui/notice.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { VirtualLines } from "#components/ui/virtual-lines.tsx";
import { filterLines, logText, nameOf } from "./log-buffer.ts";
import { LogLine } from "./log-line.tsx";
import { useLogs, type LogReading } from "./use-logs.ts";

type Props = {
  /** Read together; their lines are told apart by name and colour. */
  pods: readonly Pick<ResourceRef, "namespace" | "name">[];
  /** The containers of the one pod, where they are known. */
  containers?: LiveResource["containers"];
  label: string;
  /** How high the lines may get. */
  height: string;
};

/** Logs of pods: followed as they are written, filtered, wrapped, with their times, before the last restart, as a file. */
export function LogPanel({ pods, containers, label, height }: Props) {
  const [container, setContainer] = useState("");
  const [previous, setPrevious] = useState(false);
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(true);
  const [timestamps, setTimestamps] = useState(false);
  const [filter, setFilter] = useState("");
  const reading = useLogs({
    pods: pods.map(({ namespace, name }) => ({ name, ...(namespace !== undefined && { namespace }) })),
    ...(container !== "" && { container }),
    ...(previous ? { previous } : { follow: true }),
    tailLines: pods.length > 4 ? 200 : 1000,
  });
  const { sources, lines, dropped } = reading;
  const shown = useMemo(() => filterLines(lines, filter), [lines, filter]);
  const draw = (index: number): ReactNode => {
    const line = shown[index];
    if (line === undefined) return null;
    const from = sources.length > 1 ? nameOf(sources, line.source) : undefined;
    return <LogLine line={line} from={from} timestamps={timestamps} wrap={wrap} filter={filter} />;
  };
  return (
    <div>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <SearchInput
          aria-label="Filter lines"
          placeholder="Filter lines…"
          value={filter}
          onChange={setFilter}
          className="flex-1 basis-32 sm:max-w-56"
        />
        <Select
          aria-label="Container"
          value={container}
          onChange={(event) => setContainer(event.target.value)}
          className="max-w-44"
        >
          <option value="">Default container</option>
          <option value="*">All containers</option>
          {(containers ?? []).map(({ name, type, state }) => (
            <option key={name} value={name}>
              {name}
              {type === "init" ? " (init)" : type === "ephemeral" ? " (ephemeral)" : ""} · {state}
            </option>
          ))}
        </Select>
        <Checkbox checked={previous} onChange={setPrevious}>
          Previous run
        </Checkbox>
        <Checkbox checked={follow} onChange={setFollow}>
          Follow
        </Checkbox>
        <Checkbox checked={wrap} onChange={setWrap}>
          Wrap
        </Checkbox>
        <Checkbox checked={timestamps} onChange={setTimestamps}>
          Times
        </Checkbox>
        <span className="ml-auto flex items-center gap-2">
          <span role="status" className="tabular text-xs text-muted">
            {filter.trim() === "" ? `${lines.length} lines` : `${shown.length} of ${lines.length} lines`}
            {dropped > 0 && `, ${dropped} earlier ones let go`}
            {reading.ended && !previous && reading.error === undefined && ", ended"}
          </span>
          <DownloadButton
            label="Download these lines"
            name={`${pods.length === 1 ? (pods[0]?.name ?? "log") : "logs"}.log`}
            text={() => logText({ sources, lines: shown }, timestamps)}
          />
        </span>
      </div>
      <Faults reading={reading} />
      {reading.error !== undefined && lines.length === 0 ? (
        <ProblemPlaceholder error={reading.error} />
      ) : reading.loading ? (
        <SkeletonLines label="Loading the log" />
      ) : lines.length === 0 ? (
        reading.faults.size < sources.length && (
          <Placeholder
            glyph="Missing"
            title={previous ? "There is no log of an earlier run" : "Nothing has been written yet"}
          />
        )
      ) : shown.length === 0 ? (
        <Placeholder glyph="Missing" title={`None of ${lines.length} lines matches`} />
      ) : (
        <VirtualLines
          key={`${wrap} ${timestamps}`}
          count={shown.length}
          keyOf={(index) => shown[index]?.id ?? index}
          label={label}
          wrap={wrap}
          stick={follow}
          className={`${height} py-2`}
          draw={draw}
        />
      )}
    </div>
  );
}

/** Says which logs can't be read, and why: the others are shown all the same. */
function Faults({ reading: { faults, sources } }: { reading: LogReading }) {
  if (faults.size === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-b border-line p-3">
      {[...faults].slice(0, 4).map(([index, message]) => (
        <Banner key={index} tone="warn" glyph="Failed">
          <span className="font-medium">{nameOf(sources, index)}:</span> {message}
        </Banner>
      ))}
      {faults.size > 4 && <p className="text-muted">and {faults.size - 4} more</p>}
    </div>
  );
}
