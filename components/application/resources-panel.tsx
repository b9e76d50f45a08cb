"use client";
import { List, ListTree, Workflow } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { isProblem } from "#lib/graph/problem.ts";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import { Pending } from "#components/live/pending.tsx";
import { useResources } from "#components/live/queries.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { ResourceDrawer } from "./resource-drawer.tsx";
import { ResourceList } from "./resource-list.tsx";
import { listRows, treeRows } from "./resource-tree.ts";
import { useResourceView } from "./resource-view-choice.ts";

/** The graph and its layout are most of this page's scripts; they come when somebody looks at it. */
const ResourceGraph = dynamic(
  () => import("#components/resource-graph/resource-graph.tsx").then((module) => module.ResourceGraph),
  { ssr: false, loading: () => <SkeletonLines lines={10} label="Loading the graph" /> },
);

const views = [
  { value: "graph", label: "Graph", icon: <Workflow aria-hidden /> },
  { value: "tree", label: "Tree", icon: <ListTree aria-hidden /> },
  { value: "list", label: "List", icon: <List aria-hidden /> },
] as const;

/** Everything an application has in the cluster: as a graph, as a tree of owners, or as a list with the worst first. */
export function ResourcesPanel({ detail }: { detail: ApplicationDetail }) {
  const { application } = detail;
  const { data, error, refetch } = useResources(application);
  const [view, setView] = useResourceView();
  const [query = ""] = useQueryParam("q");
  const [problems] = useQueryParam("problems");
  const [selected] = useQueryParam("resource");
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const nodes = data?.items;
  const rows = useMemo(
    () =>
      nodes === undefined
        ? []
        : view === "list"
          ? listRows(nodes, { query, problems: problems !== undefined })
          : treeRows(nodes, { query, problems: problems !== undefined, toggled }),
    [nodes, view, query, problems, toggled],
  );

  if (nodes === undefined) return <Pending error={error} onRetry={refetch} lines={10} label="Loading resources" />;
  const count = nodes.filter(isProblem).length;
  const toggle = (key: string) =>
    setToggled(toggled.has(key) ? new Set([...toggled].filter((each) => each !== key)) : new Set([...toggled, key]));
  return (
    <div className="p-3 sm:p-5">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchInput
          aria-label="Filter resources"
          placeholder="Kind, name, image…"
          value={query}
          onChange={(value) => setQuery({ q: value || undefined }, { push: false })}
          className="sm:max-w-72"
        />
        <Checkbox
          checked={problems !== undefined}
          onChange={(on) => setQuery({ problems: on ? "1" : undefined }, { push: false })}
        >
          Only problems <span className="tabular text-muted">{count}</span>
        </Checkbox>
        <span role="status" className="tabular ml-auto text-muted max-sm:hidden">
          {view === "graph" ? "" : `${rows.length} of ${nodes.length}`}
        </span>
        <Segmented label="Show resources as" value={view} onChange={setView} items={views} />
      </div>
      {rows.length > 0 && view === "graph" ? (
        <ResourceGraph
          application={application}
          nodes={nodes}
          query={query}
          problems={problems !== undefined}
          selected={selected}
          onOpen={(key) => setQuery({ resource: key })}
        />
      ) : rows.length > 0 ? (
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
          detail={detail}
          selected={selected}
          nodes={nodes}
          onClose={() => setQuery({ resource: undefined, show: undefined })}
        />
      )}
    </div>
  );
}
