"use client";
import { ChoiceChips } from "#components/ui/choice-chips.tsx";
import { FilterField } from "#components/ui/filter-field.tsx";
import { ListTally } from "#components/ui/list-bar.tsx";
import { healthTone } from "#components/ui/tone.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { allSources, isNarrowedTo, type ShownSources, type SourceListState } from "./source-list.ts";

type Props = {
  state: SourceListState;
  change: (next: SourceListState) => void;
  shown: ShownSources;
  /** How many there are; undefined until they have come. */
  total: number | undefined;
  /** Another order is waiting; calling it shows it. */
  resort: (() => void) | undefined;
};

/** Everything that narrows the list of sources. */
export function SourceBar({ state, change, shown, total, resort }: Props) {
  const narrowed = isNarrowedTo(state);
  const clear = () => change({ ...allSources, sort: state.sort, descending: state.descending });
  useShortcuts({ Escape: () => narrowed && clear() });
  const count = shown.rows.length;
  return (
    <div className="shrink-0 border-b border-line bg-surface px-3 py-2.5 sm:px-5 sm:py-3">
      <div className="flex items-center gap-2">
        <h1 className="mr-2 text-base font-semibold max-md:sr-only">Sources</h1>
        <FilterField
          label="Filter sources"
          placeholder="Name, URL, reason, consumer…"
          value={state.query}
          onChange={(query) => change({ ...state, query })}
          className="md:max-w-80"
        />
        <div className="ml-auto flex items-center gap-2">
          {total !== undefined && (
            <ListTally shown={count} total={total} clear={narrowed ? clear : undefined} resort={resort} />
          )}
        </div>
      </div>
      <div className="mt-2.5 flex min-h-6 gap-x-3 gap-y-1 max-md:-mx-3 max-md:overflow-x-auto max-md:px-3 md:flex-wrap">
        <ChoiceChips
          label="State"
          chips={shown.statuses.map((each) => ({
            ...each,
            word: each.value,
            glyph: each.value,
            tone: healthTone[each.value],
          }))}
          onToggle={(value) => change({ ...state, status: toggled(state.status, value) })}
        />
        <ChoiceChips
          label="Kind"
          chips={shown.kinds.map((each) => ({ ...each, word: each.value }))}
          onToggle={(value) => change({ ...state, kind: toggled(state.kind, value) })}
        />
      </div>
    </div>
  );
}

function toggled<T>(chosen: readonly T[], value: T): T[] {
  return chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
}
