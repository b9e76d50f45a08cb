"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { countWords } from "#components/ui/count-words.ts";
import { cx } from "#components/ui/cx.ts";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { facetTitle, facetWords } from "./facet-words.ts";
import type { Facet, FacetValue } from "./filter.ts";

type Props = { facet: Facet; values: FacetValue[]; onToggle: (value: string) => void };

/** The values of a facet with many of them, behind a button that says which are chosen. */
export function FacetMenu({ facet, values, onToggle }: Props) {
  const chosen = values.filter((each) => each.selected);
  const first = chosen[0];
  const summary =
    first === undefined ? "" : chosen.length === 1 ? facetWords(facet, first.value).word : `${chosen.length}`;
  return (
    <Popover
      title={facetTitle[facet]}
      className="w-72"
      trigger={
        <button
          type="button"
          className={cx(buttonClass("plain", "max-w-56 font-normal"), chosen.length > 0 && "border-accent bg-selected")}
        >
          <span className="truncate">
            {facetTitle[facet]}
            {summary !== "" && <span className="font-medium">: {summary}</span>}
          </span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
        </button>
      }
    >
      <FacetList facet={facet} values={values} onToggle={onToggle} />
    </Popover>
  );
}

/** A facet's values as a list of boxes, with a field to find one where there are many. */
export function FacetList({ facet, values, onToggle }: Props) {
  const [find, setFind] = useState("");
  const shown = values.filter((each) => facetWords(facet, each.value).word.toLowerCase().includes(find.toLowerCase()));
  return (
    <>
      {values.length > 8 && (
        <div className="border-b border-line p-2">
          <Input
            aria-label={`Find a ${facetTitle[facet].toLowerCase()}`}
            placeholder="Find…"
            value={find}
            onChange={(event) => setFind(event.target.value)}
            className="h-7"
          />
        </div>
      )}
      <ul aria-label={facetTitle[facet]} className="max-h-72 overflow-y-auto p-1">
        {shown.map(({ value, count, selected }) => (
          <li key={value} className="rounded-sm px-2 py-1 hover:bg-hover">
            <Checkbox checked={selected} onChange={() => onToggle(value)}>
              <span className="flex justify-between gap-3">
                <span className="min-w-0 truncate" title={value}>
                  {facetWords(facet, value).word}
                </span>
                <span className="tabular text-muted">{countWords(count)}</span>
              </span>
            </Checkbox>
          </li>
        ))}
        {shown.length === 0 && <li className="px-2 py-1 text-muted">None</li>}
      </ul>
    </>
  );
}
