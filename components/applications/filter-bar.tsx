"use client";
import { ArrowDownUp, Search, SlidersHorizontal, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { FacetChips } from "./facet-chips.tsx";
import { FacetMenu } from "./facet-menu.tsx";
import { FilterSheet } from "./filter-sheet.tsx";
import { emptyState, type Facet, type FacetValue, type ListState } from "./filter.ts";
import { isNarrowed, toggleFacet } from "./list-url.ts";

type Props = {
  state: ListState;
  change: (next: ListState) => void;
  facets: Record<Facet, FacetValue[]>;
  shown: number;
  total: number;
  /** Another order is waiting; calling it shows it. */
  resort: (() => void) | undefined;
};

/** Everything that narrows the list: free search, facets with their counts, and how many rows are left. */
export function FilterBar({ state, change, facets, shown, total, resort }: Props) {
  const [sheet, setSheet] = useState(false);
  const toggle = (facet: Facet) => (value: string) => change(toggleFacet(state, facet, value));
  const narrowed = isNarrowed(state);
  const clear = () => change({ ...emptyState, sort: state.sort, descending: state.descending });
  const chosen = Object.values(state.selected).reduce((sum, values) => sum + values.length, 0);
  useShortcuts({ Escape: () => narrowed && clear() });
  return (
    <div className="shrink-0 border-b border-line bg-surface px-3 py-2.5 sm:px-5 sm:py-3">
      <div className="flex items-center gap-2">
        <h1 className="mr-2 text-base font-semibold max-md:sr-only">Applications</h1>
        <SearchField query={state.query} onChange={(query) => change({ ...state, query })} />
        <div className="flex items-center gap-2 max-md:hidden">
          {(["engine", "namespace", "sync", "drift"] as const).map((facet) => (
            <FacetMenu key={facet} facet={facet} values={facets[facet]} onToggle={toggle(facet)} />
          ))}
        </div>
        <Button
          className="md:hidden"
          icon={<SlidersHorizontal aria-hidden className="size-4" />}
          onClick={() => setSheet(true)}
          aria-label={`Filters, ${chosen} chosen`}
        >
          {chosen > 0 ? String(chosen) : "Filters"}
        </Button>
        <div className="flex items-center gap-2 max-md:hidden md:ml-auto">
          {resort && (
            <Button look="ghost" icon={<ArrowDownUp aria-hidden className="size-3.5" />} onClick={resort}>
              Order has changed: sort now
            </Button>
          )}
          {narrowed && (
            <Button look="ghost" icon={<X aria-hidden className="size-3.5" />} onClick={clear}>
              Clear
            </Button>
          )}
          <span role="status" className="tabular whitespace-nowrap text-muted">
            {shown === total
              ? total.toLocaleString("en")
              : `${shown.toLocaleString("en")} of ${total.toLocaleString("en")}`}
          </span>
        </div>
      </div>
      <div className="mt-2.5 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 max-md:hidden">
        <FacetChips facet="health" values={facets.health} onToggle={toggle("health")} />
        <FacetChips facet="sync" values={telling(facets.sync, "OutOfSync")} onToggle={toggle("sync")} />
        <FacetChips facet="drift" values={telling(facets.drift, "Drifted")} onToggle={toggle("drift")} />
      </div>
      <FilterSheet
        open={sheet}
        onClose={() => setSheet(false)}
        state={state}
        change={change}
        facets={facets}
        shown={shown}
      />
    </div>
  );
}

/** What needs a person, and what is chosen; the rest is in the facet's menu. */
function telling(values: FacetValue[], word: string): FacetValue[] {
  return values.filter((each) => each.value === word || each.selected);
}

function SearchField({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(query);
  // The URL follows the field; when something else changes the URL, the field follows it.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(query);
  }, [query]);
  useShortcuts({ "/": () => field.current?.select() });
  const set = (value: string) => {
    setText(value);
    onChange(value);
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (text === "") event.currentTarget.blur();
    else set("");
  };
  return (
    <div className="relative min-w-0 flex-1 md:max-w-80">
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-subtle" />
      <input
        ref={field}
        type="text"
        role="searchbox"
        aria-label="Filter applications"
        placeholder="Name, namespace, reason, revision…"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => set(event.target.value)}
        onKeyDown={keys}
        className="h-7 w-full rounded-md border border-field-line bg-surface pr-8 pl-8 text-sm focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent"
      />
      <span className="absolute top-1 right-1">
        {text === "" ? (
          <span aria-hidden="true" className="max-md:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <IconButton label="Clear the search" onClick={() => set("")} size="tiny">
            <X aria-hidden className="size-3.5" />
          </IconButton>
        )}
      </span>
    </div>
  );
}
