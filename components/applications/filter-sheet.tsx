"use client";
import { useLive } from "#components/live/live-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { countWords } from "#components/ui/count-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { FacetChips } from "./facet-chips.tsx";
import { FacetList } from "./facet-menu.tsx";
import { facetTitle } from "./facet-words.ts";
import type { Facet, FacetValue, ListState, SortKey } from "./filter.ts";
import { groupingLabel, groupingsFor } from "./group.ts";
import { toggleFacet, widened } from "./list-url.ts";

const orders: Array<[SortKey, string]> = [
  ["worst", "Worst first"],
  ["deployed", "Newest deployment"],
  ["name", "Name"],
  ["namespace", "Namespace"],
];

type Props = {
  open: boolean;
  onClose: () => void;
  state: ListState;
  change: (next: ListState) => void;
  facets: Record<Facet, FacetValue[]>;
  shown: number;
};

/** All filters on one sheet, for narrow screens. */
export function FilterSheet({ open, onClose, state, change, facets, shown }: Props) {
  const { across } = useLive();
  const toggle = (facet: Facet) => (value: string) => change(toggleFacet(state, facet, value));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Filters"
      footer={
        <>
          <Button onClick={() => change({ ...widened(state), query: state.query })}>Clear</Button>
          <Button look="primary" onClick={onClose}>
            Show {countWords(shown)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 p-4">
        <section>
          <h3 className="mb-1.5 text-xs font-medium text-muted">Order</h3>
          <div role="group" aria-label="Order" className="flex flex-wrap gap-1">
            {orders.map(([sort, label]) => (
              <button
                key={sort}
                type="button"
                aria-pressed={state.sort === sort}
                onClick={() => change({ ...state, sort, descending: false })}
                className="h-7 rounded-md border border-line px-2 text-xs text-muted aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-ink"
              >
                {label}
              </button>
            ))}
          </div>
        </section>
        <section>
          <h3 className="mb-1.5 text-xs font-medium text-muted">Group by</h3>
          <div role="group" aria-label="Group by" className="flex flex-wrap gap-1">
            {groupingsFor(across).map((group) => (
              <button
                key={group}
                type="button"
                aria-pressed={state.group === group}
                onClick={() => change({ ...state, group: state.group === group ? undefined : group, folded: [] })}
                className="h-7 rounded-md border border-line px-2 text-xs text-muted aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-ink"
              >
                {groupingLabel(group)}
              </button>
            ))}
          </div>
        </section>
        {(["health", "sync", "drift", "engine"] as const).map((facet) => (
          <section key={facet}>
            <h3 className="mb-1.5 text-xs font-medium text-muted">{facetTitle[facet]}</h3>
            <FacetChips facet={facet} values={facets[facet]} onToggle={toggle(facet)} wraps />
          </section>
        ))}
        {([...(across ? ["cluster" as const] : []), "namespace"] as const).map((facet) => (
          <section key={facet}>
            <h3 className="mb-1.5 text-xs font-medium text-muted">{facetTitle[facet]}</h3>
            <div className="rounded-md border border-line">
              <FacetList facet={facet} values={facets[facet]} onToggle={toggle(facet)} />
            </div>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
