"use client";
import { SlidersHorizontal } from "lucide-react";
import { useDeferredValue, useId, useMemo, useState } from "react";
import type { Application } from "#lib/model/application.ts";
import { applicationQuery } from "#lib/search/application-query.ts";
import { suggest } from "#lib/search/suggest.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterField } from "#components/ui/filter-field.tsx";
import { ListTally } from "#components/ui/list-bar.tsx";
import type { ColumnId } from "./columns.ts";
import { FacetChips } from "./facet-chips.tsx";
import { FacetMenu } from "./facet-menu.tsx";
import { FilterSheet } from "./filter-sheet.tsx";
import type { Facet, FacetValue, ListState } from "./filter.ts";
import { ColumnsMenu, GroupMenu, ViewSwitch } from "./layout-menus.tsx";
import { isNarrowed, toggleFacet, widened } from "./list-url.ts";
import { useReadAhead } from "./use-read-ahead.ts";
import { ViewsMenu } from "./views-menu.tsx";

type Props = {
  items: readonly Application[];
  state: ListState;
  change: (next: ListState) => void;
  facets: Record<Facet, FacetValue[]>;
  shown: number;
  total: number;
  columns: readonly ColumnId[];
  chooseColumns: (columns: readonly ColumnId[]) => void;
  /** Whether Escape lets go of the filters: it does one thing at a time. */
  escapes: boolean;
  /** Another order is waiting; calling it shows it. */
  resort: (() => void) | undefined;
};

/** Everything that narrows the list and lays it out: search, facets with their counts, views, groups, columns. */
export function FilterBar(props: Props) {
  const { items, state, change, facets, shown, total, columns, chooseColumns, resort } = props;
  const { across } = useLive();
  const [sheet, setSheet] = useState(false);
  const wrongId = useId();
  const toggle = (facet: Facet) => (value: string) => change(toggleFacet(state, facet, value));
  const readAhead = useReadAhead(items);
  const narrowed = isNarrowed(state);
  const clear = () => change(widened(state));
  const chosen = Object.values(state.selected).reduce((sum, values) => sum + values.length, 0);
  useShortcuts(props.escapes && narrowed ? { Escape: clear } : {});
  // Not while a word is half typed: a moment later is soon enough to be told.
  const query = useDeferredValue(state.query);
  const mistakes = useMemo(() => applicationQuery(query).mistakes, [query]);
  return (
    <div className="shrink-0 border-b border-line bg-surface px-3 py-2.5 sm:px-5 sm:py-3">
      <div className="flex items-center gap-2">
        <h1 className="mr-2 text-base font-semibold max-lg:sr-only">Applications</h1>
        <FilterField
          label="Filter applications"
          placeholder={across ? "Words, cluster:east, health:degraded…" : "Words, ns:prod, health:degraded…"}
          value={state.query}
          onChange={(query) => change({ ...state, query })}
          suggest={(text, caret) => suggest(text, caret, items)}
          onFocus={readAhead}
          wrong={mistakes.length > 0 ? wrongId : undefined}
          className="md:max-w-96"
        />
        <div className="flex items-center gap-2 max-md:hidden">
          {([...(across ? ["cluster" as const] : []), "engine", "namespace"] as const).map((facet) => (
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
          <ListTally shown={shown} total={total} clear={narrowed ? clear : undefined} resort={resort} />
          <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
          <ViewsMenu />
          <GroupMenu items={items} state={state} change={change} />
          {state.view === "table" && <ColumnsMenu chosen={columns} choose={chooseColumns} />}
          <ViewSwitch state={state} change={change} />
        </div>
      </div>
      {mistakes.length > 0 && (
        <p id={wrongId} role="status" className="mt-2 text-xs text-warn [overflow-wrap:anywhere]">
          {mistakes.map(({ text }) => (
            <span key={text} className="block">
              {text}
            </span>
          ))}
        </p>
      )}
      <div className="mt-2.5 flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1 max-md:hidden">
        {(["health", "sync", "drift"] as const).map((facet) => (
          <FacetChips key={facet} facet={facet} values={facets[facet]} onToggle={toggle(facet)} />
        ))}
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
