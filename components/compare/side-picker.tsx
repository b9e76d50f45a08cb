"use client";
import { ChevronDown } from "lucide-react";
import { useId } from "react";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { ApplicationAt } from "#lib/model/application-at.ts";
import type { Revision } from "#lib/model/revision.ts";
import { engineName } from "#components/applications/engine-label.ts";
import { useHistory } from "#components/live/queries.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { ApplicationSearch } from "./application-search.tsx";
import { revisionName } from "./side-names.ts";

type Props = {
  label: string;
  side: ApplicationAt | undefined;
  /** The other side, whose siblings are suggested first. */
  other: ApplicationRef | undefined;
  onChange: (side: ApplicationAt) => void;
};

/** Chooses one side of a comparison: an application, and which of its states. */
export function SidePicker({ label, side, other, onChange }: Props) {
  const application = side?.application;
  return (
    <fieldset className="flex min-w-0 flex-1 basis-72 flex-col max-sm:basis-full gap-2 rounded-lg border border-line bg-surface p-3">
      <legend className="sr-only">{label}</legend>
      <Popover
        title={`Choose the ${label.toLowerCase()}`}
        className="w-96 max-w-[calc(100vw-1.5rem)]"
        trigger={
          <button type="button" className={buttonClass("plain", "w-full px-3", "large")}>
            <span className="min-w-0 flex-1 truncate text-left">
              <span className="sr-only">{label}: </span>
              {application ? application.name : "Choose an application"}
            </span>
            <ChevronDown aria-hidden className="size-3.5 text-muted" />
          </button>
        }
      >
        {(close) => (
          <ApplicationSearch
            other={other}
            onChoose={(chosen) => {
              close();
              onChange({ application: chosen, revision: "desired" });
            }}
          />
        )}
      </Popover>
      {application && side ? (
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
          <span className="min-w-0 flex-1 basis-40 truncate text-muted">
            {engineName[application.engine]} in {application.namespace}
          </span>
          <RevisionSelect
            label={`Revision of the ${label.toLowerCase()}`}
            side={side}
            onChange={(revision) => onChange({ ...side, revision })}
          />
        </div>
      ) : (
        <p className="flex h-7 items-center text-muted">Any engine, any namespace</p>
      )}
    </fieldset>
  );
}

function RevisionSelect(props: { label: string; side: ApplicationAt; onChange: (revision: string) => void }) {
  const { application, revision } = props.side;
  const { data } = useHistory(application);
  const id = useId();
  const items = data?.items ?? [];
  const known = revision === "desired" || revision === "live" || items.some((item) => item.id === revision);
  return (
    <>
      <label htmlFor={id} className="sr-only">
        {props.label}
      </label>
      <select
        id={id}
        value={revision}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-7 max-w-full min-w-0 rounded-md border border-field-line bg-surface px-2 text-sm text-ink"
      >
        <option value="desired">What should be there</option>
        <option value="live">What is there (live)</option>
        {!known && <option value={revision}>{revisionName(revision)}</option>}
        {items.length > 0 && (
          <optgroup label="History">
            {items.map((item) => (
              <option key={item.id} value={item.id} disabled={item.comparable === false}>
                {optionText(item)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </>
  );
}

function optionText({ id, revision, chart, current, comparable }: Revision): string {
  const name = chart !== undefined && id !== revision ? `#${id} ${revisionName(revision)}` : revisionName(revision);
  const state = current ? " (current)" : comparable === false ? " (not known)" : "";
  return `${name}${state}`;
}
