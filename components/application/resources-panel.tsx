"use client";
import { useMemo, useState } from "react";
import type { ApplicationRef } from "#lib/model/application.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { useResources } from "#components/live/queries.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Input } from "#components/ui/input.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { ResourceDrawer } from "./resource-drawer.tsx";
import { ResourceList } from "./resource-list.tsx";
import { isProblem, treeRows } from "./resource-tree.ts";

/** Everything an application has in the cluster, owners before what they own. */
export function ResourcesPanel({ unit }: { unit: ApplicationRef }) {
  const { data, error, refetch } = useResources(unit);
  const [query = ""] = useQueryParam("q");
  const [problems] = useQueryParam("problems");
  const [selected] = useQueryParam("resource");
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const nodes = data?.items;
  const rows = useMemo(
    () => (nodes ? treeRows(nodes, { query, problems: problems !== undefined, toggled }) : []),
    [nodes, query, problems, toggled],
  );

  if (nodes === undefined)
    return error ? (
      <ProblemPlaceholder error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={10} label="Loading resources" />
    );
  const count = nodes.filter(isProblem).length;
  const toggle = (key: string) =>
    setToggled(toggled.has(key) ? new Set([...toggled].filter((each) => each !== key)) : new Set([...toggled, key]));
  return (
    <div className="p-3 sm:p-5">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Input
          type="search"
          aria-label="Filter resources"
          placeholder="Kind, name, image…"
          value={query}
          onChange={(event) => setQuery({ q: event.target.value || undefined }, { push: false })}
          className="h-7 sm:max-w-72"
        />
        <Checkbox
          checked={problems !== undefined}
          onChange={(on) => setQuery({ problems: on ? "1" : undefined }, { push: false })}
        >
          Only problems <span className="tabular text-muted">{count}</span>
        </Checkbox>
        <span role="status" className="tabular ml-auto text-muted">
          {rows.length} of {nodes.length}
        </span>
      </div>
      {rows.length > 0 ? (
        <ResourceList rows={rows} onToggle={toggle} onOpen={(key) => setQuery({ resource: key })} selected={selected} />
      ) : nodes.length === 0 ? (
        <Placeholder glyph="Missing" title="No resources are known">
          Either nothing has been applied yet, or your permissions do not reach what was.
        </Placeholder>
      ) : (
        <Placeholder
          glyph="Missing"
          title="Nothing matches"
          action={
            <Button onClick={() => setQuery({ q: undefined, problems: undefined })}>Show all {nodes.length}</Button>
          }
        />
      )}
      {selected !== undefined && (
        <ResourceDrawer
          unit={unit}
          selected={selected}
          nodes={nodes}
          onClose={() => setQuery({ resource: undefined })}
        />
      )}
    </div>
  );
}
