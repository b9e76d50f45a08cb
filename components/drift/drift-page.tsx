"use client";
import { useQueries } from "@tanstack/react-query";
import { RefreshCw, X } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import type { FleetDrift } from "#lib/api/activity-contract.ts";
import { fleetDriftKey, fleetDriftQuery } from "#lib/api/activity-queries.ts";
import type { Followed } from "#lib/api/live.ts";
import { rowKey, type Application } from "#lib/model/application.ts";
import { applyList, emptyState } from "#components/applications/filter.ts";
import { useLive } from "#components/live/live-provider.tsx";
import { withKeys } from "#components/applications/selection.ts";
import { Pending } from "#components/live/pending.tsx";
import { useApplications } from "#components/live/use-applications.ts";
import { useQueryParam, setQuery } from "#components/live/use-query-param.ts";
import { useRefetchOnChange } from "#components/live/use-refetch-on-change.ts";
import { useShortcuts } from "#components/shell/shortcuts.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { driftEntries, driftGroupings, groupDrift } from "./drift-groups.ts";
import { ApplicationGroup, EntryGroup } from "./drift-group.tsx";

/* Nobody needs it to see the page. */
const BulkDialog = lazy(() => import("#components/applications/bulk-dialog.tsx"));

const groupingItems = [
  { value: "application", label: "Application", icon: null },
  { value: "manager", label: "Who", icon: null },
  { value: "age", label: "Age", icon: null },
] as const;

function dataOf(results: ReadonlyArray<{ data?: FleetDrift | undefined }>) {
  return results.map(({ data }) => data);
}

function byCluster(
  parts: readonly Followed[],
  answers: ReadonlyArray<FleetDrift | undefined>,
): Map<string, FleetDrift> {
  return new Map(
    parts.flatMap(({ scope: { cluster } }, index) => {
      const answer = answers[index];
      return answer ? [[cluster, answer] as const] : [];
    }),
  );
}

/** Everything that has drifted: which application, which field, from what to what, written by whom and when. */
export function DriftPage() {
  const { parts } = useLive();
  const { data, dataUpdatedAt, error, refetch } = useApplications();
  const answers = useQueries({ queries: parts.map(({ scope }) => fleetDriftQuery(scope)), combine: dataOf });
  useRefetchOnChange(fleetDriftKey, 1000);
  const [query = ""] = useQueryParam("q");
  const [asked] = useQueryParam("group");
  const by = driftGroupings.find((each) => each === asked) ?? "application";
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // As they were when it was asked: what is corrected meanwhile stays in the dialog, which tells so.
  const [syncing, setSyncing] = useState<readonly Application[]>();
  const items = data?.items;
  const drifted = useMemo(() => items?.filter((item) => item.drift.status === "Drifted"), [items]);
  const rows = useMemo(
    () => (drifted ? applyList(drifted, { ...emptyState, query, sort: "name" }).rows : []),
    [drifted, query],
  );
  const groups = useMemo(
    () => groupDrift(driftEntries(rows, byCluster(parts, answers)), by, dataUpdatedAt),
    [rows, parts, answers, by, dataUpdatedAt],
  );
  // What has been corrected meanwhile is not selected any more.
  const chosen = (drifted ?? []).filter((item) => selected.has(rowKey(item)));
  const selection = {
    has: (key: string) => selected.has(key),
    toggle: (keys: readonly string[], on: boolean) => setSelected((before) => withKeys(before, keys, on)),
  };
  const none = () => setSelected(new Set());
  useShortcuts({
    ...(chosen.length > 0 && { s: () => setSyncing(chosen), Escape: none }),
  });
  if (drifted === undefined) return <Pending error={error} onRetry={refetch} lines={12} label="Loading drift" />;
  const unknown = items?.filter((item) => item.drift.status === "Unknown").length ?? 0;
  const listed = rows.map(rowKey);
  return (
    <div className="flex min-h-full flex-col">
      <div className="sticky top-0 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-3 py-2.5 sm:px-5">
        <h1 className="mr-2 text-base font-semibold">Drift</h1>
        <SearchInput
          aria-label="Filter drifted applications"
          placeholder="Name, namespace, label…"
          value={query}
          onChange={(value) => setQuery({ q: value || undefined }, { push: false })}
          className="min-w-40 flex-1 sm:max-w-80"
        />
        <Segmented
          label="Group by"
          value={by}
          onChange={(value) => setQuery({ group: value === "application" ? undefined : value }, { push: false })}
          items={groupingItems}
        />
        <span role="status" className="tabular ml-auto text-muted">
          {drifted.length === 1 ? "1 application" : `${drifted.length} applications`}
          {unknown > 0 && ` · ${unknown} unknown`}
        </span>
      </div>
      {rows.length > 0 ? (
        by === "application" ? (
          <ul>
            {rows.map((row) => (
              <ApplicationGroup
                key={rowKey(row)}
                application={row}
                group={groups.find(({ key }) => key === rowKey(row))}
                selection={selection}
              />
            ))}
          </ul>
        ) : (
          groups.map((group) => <EntryGroup key={group.key} group={group} selection={selection} />)
        )
      ) : drifted.length > 0 ? (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={<Button onClick={() => setQuery({ q: undefined })}>Show all {drifted.length}</Button>}
        />
      ) : (
        <Placeholder glyph="Healthy" tone="ok" title="Nothing has drifted">
          What is in the cluster is what was last applied
          {unknown > 0
            ? `, as far as is known: of ${unknown} applications it is not.`
            : ", in every application that you can see."}
        </Placeholder>
      )}
      {chosen.length > 0 && (
        <div
          role="region"
          aria-label="Selected applications"
          className="sticky bottom-0 mt-auto flex flex-wrap items-center gap-2 border-t border-line-strong bg-raised px-3 py-2 sm:px-5"
        >
          <span role="status" className="tabular mr-1 font-medium">
            {chosen.length} selected
          </span>
          <Button
            look="primary"
            icon={<RefreshCw aria-hidden className="size-3.5" />}
            onClick={() => setSyncing(chosen)}
          >
            <span>
              Sync
              <span className="max-sm:sr-only">
                {` ${chosen.length === 1 ? (chosen[0]?.name ?? "") : `${chosen.length} applications`}`}
              </span>
              …
            </span>
          </Button>
          {listed.some((key) => !selected.has(key)) && (
            <Button look="ghost" onClick={() => selection.toggle(listed, true)}>
              Select all {listed.length}
            </Button>
          )}
          <span className="ml-auto">
            <IconButton label="Let go of all" onClick={none}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </span>
        </div>
      )}
      {syncing && (
        <Suspense>
          <BulkDialog applications={syncing} action="sync" onClose={() => setSyncing(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
