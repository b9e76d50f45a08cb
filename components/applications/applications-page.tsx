"use client";
import { memo, useDeferredValue, useMemo } from "react";
import { rowKey, type Application } from "#lib/model/application.ts";
import type { ApplicationList } from "#lib/api/application-contract.ts";
import { ProblemBanner, ProblemPlaceholder } from "#components/live/problem.tsx";
import { useLive } from "#components/live/live-provider.tsx";
import { useApplications, type Applications } from "#components/live/use-applications.ts";
import { Button } from "#components/ui/button.tsx";
import { countWords } from "#components/ui/count-words.ts";
import { Placeholder } from "#components/ui/notice.tsx";
import { useHeldRows } from "#components/ui/use-held-rows.ts";
import { applyList } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import type { FirstRows } from "./first-rows.ts";
import { LimitList, limitsOf, LimitsBanner } from "./limits-banner.tsx";
import { ListSkeleton } from "./list-skeleton.tsx";
import { ListTable } from "./list-table.tsx";
import { isNarrowed, widened } from "./list-url.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { useAnnounced } from "./use-announced.ts";
import { useColumns } from "./use-columns.ts";
import { useListState } from "./use-list-state.ts";
import { useSelection } from "./use-selection.ts";

const none: Application[] = [];
const manyRows = 5_000;

type Props = {
  /** What the server already knows: it stands there until the whole list has come. */
  first?: FirstRows | undefined;
};

/**
 * The list of everything, the worst first. What the stream brings would be drawn in one piece, and thousands of rows that change at once hold up whoever is typing: it is drawn piece by piece, and the page
 * stands as it is meanwhile; but never with what another cluster has, or what was there before a login.
 */
export function ApplicationsPage({ first }: Props) {
  const { data, error, refetch } = useApplications();
  const { across } = useLive();
  const late = useDeferredValue(data);
  const shown = late === undefined || late.instance === data?.instance ? late : data;
  return <Listing first={first} data={shown} error={error} refetch={refetch} across={across} />;
}

type Listed = Props & Pick<Applications, "data" | "error" | "refetch"> & { across: boolean };

const Listing = memo(function Listing({ first, data, error, refetch, across }: Listed) {
  const [state, change] = useListState();
  const items = data?.items ?? none;
  // So many are narrowed within a frame or two: putting them off would only make whoever types wait for what else is to be drawn.
  const later = useDeferredValue(items.length > manyRows ? state : undefined);
  const wanted = later ?? state;
  const list = useMemo(() => applyList(items, wanted), [items, wanted]);
  const early = data === undefined ? first : undefined;
  const rows = early?.rows ?? list.rows;
  const total = early?.total ?? items.length;
  const shown = early?.shown ?? list.rows.length;
  // Folding moves rows, but asks for no other order.
  const { ordered, stale, hold } = useHeldRows(rows, JSON.stringify({ ...wanted, folded: [] }), rowKey);
  const { columns, choose } = useColumns(state, change);
  const selection = useSelection(items);
  useAnnounced(items, across);

  if (error && !data) return <ProblemPlaceholder error={error} onRetry={() => void refetch()} />;
  const selecting = selection.keys.size > 0;
  return (
    <div className="flex h-full flex-col">
      <FilterBar
        items={items}
        state={state}
        change={change}
        facets={early?.facets ?? list.facets}
        shown={shown}
        total={total}
        columns={columns}
        chooseColumns={choose}
        escapes={!selecting}
        resort={stale ? () => hold(false) : undefined}
      />
      {/* While a cluster does not answer, nothing of it can be read: that is no lack of permission. */}
      {data && items.length > 0 && <LimitsBanner limits={limitsOf(data, true)} />}
      {error && (
        <div className="px-5 py-2">
          <ProblemBanner error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {data === undefined && early === undefined ? (
        <ListSkeleton columns={columns} />
      ) : ordered.length > 0 ? (
        <ListTable
          rows={ordered}
          state={wanted}
          columns={columns}
          across={across}
          selection={selection}
          onSort={(sort, descending) => change({ ...state, sort, descending })}
          onFold={(key, folded) =>
            change({ ...state, folded: [...state.folded.filter((each) => each !== key), ...(folded ? [key] : [])] })
          }
          hold={hold}
        />
      ) : isNarrowed(state) && total > 0 ? (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={<Button onClick={() => change(widened(state))}>Show all {countWords(total)}</Button>}
        >
          No application has all of what you asked for.
        </Placeholder>
      ) : data?.connection.state === "catching-up" ? (
        <ListSkeleton columns={columns} />
      ) : (
        <NoApplications data={data} across={across} />
      )}
      {selecting && <SelectionBar selection={selection} items={items} rows={ordered} />}
    </div>
  );
});

function NoApplications({ data, across }: { data: ApplicationList | undefined; across: boolean }) {
  const limits = data ? limitsOf(data) : [];
  if (limits.length > 0) {
    return (
      <Placeholder glyph="Unknown" title="You can't see any applications">
        <p className="mb-3">There may be some: your permissions do not reach them. What would be needed:</p>
        <LimitList limits={limits} />
      </Placeholder>
    );
  }
  return (
    <Placeholder glyph="Missing" title="There are no applications yet">
      Driftglass lists Flux Kustomizations and HelmReleases, Argo CD Applications, Helm releases, and workloads applied
      with kubectl that share an <code className="mono">app.kubernetes.io/part-of</code> or{" "}
      <code className="mono">instance</code> label. {across ? "No cluster of yours has any" : "This cluster has none"}{" "}
      of them.
    </Placeholder>
  );
}
