"use client";
import { List, ListTree, Workflow } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useMemo, useState } from "react";
import { isProblem } from "#lib/graph/problem.ts";
import { matcher } from "#lib/graph/resource-forest.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
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
const loadGraph = () => import("#components/resource-graph/resource-graph.tsx");
const ResourceGraph = dynamic(() => loadGraph().then((module) => module.ResourceGraph), {
  ssr: false,
  loading: () => <SkeletonLines lines={10} label="Loading the graph" />,
});

const views = [
  { value: "graph", label: "Graph", icon: <Workflow aria-hidden /> },
  { value: "tree", label: "Tree", icon: <ListTree aria-hidden /> },
  { value: "list", label: "List", icon: <List aria-hidden /> },
] as const;

/** Asks for what the panel will need while the application itself is still on its way, so that nothing waits for something else. */
export function ResourcesAhead({ unit }: { unit: ApplicationRef }) {
  useResources(unit);
  const [view] = useResourceView();
  useEffect(() => {
    // The panel asks again, and says what went wrong.
    if (view === "graph") loadGraph().catch(() => undefined);
  }, [view]);
  return null;
}

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
  const narrowing = useMemo(() => ({ query, problems: problems !== undefined }), [query, problems]);
  // The graph puts its own tree together.
  const rows = useMemo(
    () =>
      nodes === undefined || view === "graph"
        ? []
        : view === "list"
          ? listRows(nodes, narrowing)
          : treeRows(nodes, { ...narrowing, toggled }),
    [nodes, view, narrowing, toggled],
  );

  if (nodes === undefined) return <Pending error={error} onRetry={refetch} lines={10} label="Loading resources" />;
  const count = nodes.filter(isProblem).length;
  const found = view === "graph" ? nodes.some(matcher(narrowing)) : rows.length > 0;
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
      {found && view === "graph" ? (
        <ResourceGraph
          application={application}
          nodes={nodes}
          query={query}
          problems={narrowing.problems}
          selected={selected}
          onOpen={(key) => setQuery({ resource: key })}
        />
      ) : found ? (
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
