"use client";
import "@xyflow/react/dist/base.css";
import {
  Background,
  BackgroundVariant,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
} from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { resourceForest } from "#lib/graph/resource-forest.ts";
import { simplify } from "#lib/graph/simplify.ts";
import { walk, type Direction } from "#lib/graph/walk.ts";
import type { Application } from "#lib/model/application.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { healthTone, type Tone } from "#components/ui/tone.ts";
import { GraphCard, GraphFocusContext, type CardNode, type GraphFocus } from "./graph-card.tsx";
import { applicationId, graphModel, type GraphItem } from "./graph-model.ts";
import { cardSize } from "./layout.ts";
import { usePlaced, type PlacedGraph } from "./use-placed.ts";
import { heldView, startView } from "./start-view.ts";

type Props = {
  application: Application;
  nodes: readonly ResourceNode[];
  query: string;
  problems: boolean;
  selected: string | undefined;
  onOpen: (key: string) => void;
};

/** So many cards are drawn at once: more can't be read, and would make the page slow. */
const most = 120;
const alike = 4;
/** A click on a group shows so many more of it. */
const page = 24;
/** Of so many resources the data alone takes long enough: their graph is laid out without a worker. */
const large = 500;

const nodeTypes = { card: GraphCard };
const arrows: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** What an application has in the cluster as a graph: where it comes from at the left, down to its pods at the right. */
export function ResourceGraph(props: Props) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  );
}

function Graph({ application, nodes, query, problems, selected, onOpen }: Props) {
  const [opened, setOpened] = useState<ReadonlyMap<string, number>>(new Map());
  const drawn = useMemo(
    () =>
      simplify(resourceForest(nodes, { query, problems }), {
        // What somebody asks for comes on top of what is drawn anyway.
        most: most + [...opened.values()].reduce((sum, count) => sum + count, 0),
        alike,
        opened,
      }),
    [nodes, query, problems, opened],
  );
  const model = useMemo(() => graphModel(application, drawn), [application, drawn]);
  const { graph, error } = usePlaced(model, drawn.total > large);
  const asked = `${query} ${problems}`;
  const unfold = useCallback(
    (group: string) => setOpened((before) => new Map(before).set(group, (before.get(group) ?? 0) + page)),
    [],
  );
  if (error) return <ProblemPlaceholder error={error} />;
  return (
    <div className="relative h-[max(22rem,calc(100dvh-18rem))] overflow-hidden rounded-lg border border-line bg-sunken">
      {graph === undefined ? (
        <SkeletonLines lines={8} label="Laying out the graph" />
      ) : (
        <Canvas graph={graph} asked={asked} selected={selected} onOpen={onOpen} onUnfold={unfold}>
          <span className="tabular">
            {drawn.resources === drawn.total
              ? `All ${drawn.total} drawn`
              : `${drawn.resources} of ${drawn.total} drawn, the rest in groups`}
          </span>
          {opened.size > 0 && (
            <Button look="ghost" onClick={() => setOpened(new Map())}>
              Fold again
            </Button>
          )}
        </Canvas>
      )}
    </div>
  );
}

type CanvasProps = {
  graph: PlacedGraph;
  /** Another question is another picture; the same one's picture holds still while things come and go. */
  asked: string;
  selected: string | undefined;
  onOpen: (key: string) => void;
  onUnfold: (group: string) => void;
  children: ReactNode;
};

function Canvas({ graph, asked, selected, onOpen, onUnfold, children }: CanvasProps) {
  const flow = useReactFlow<CardNode>();
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ id: applicationId, moved: 0 });
  const { places, model } = graph;
  const current = places.some(({ id }) => id === at.id) ? at.id : applicationId;

  const cards = useMemo<CardNode[]>(() => {
    const items = new Map(model.items.map((item) => [item.id, item]));
    return places.flatMap(({ id, x, y }) => {
      const item = items.get(id);
      return item ? [{ id, type: "card", position: { x, y }, data: { item }, ...cardSize, measured: cardSize }] : [];
    });
  }, [places, model]);
  const edges = useMemo<Edge[]>(
    () =>
      model.lines.map(({ from, to, upstream }) => ({
        id: `${from}→${to}`,
        source: from,
        target: to,
        type: "smoothstep",
        focusable: false,
        style: { stroke: "var(--field-line)", ...(upstream && { strokeDasharray: "4 4" }) },
      })),
    [model],
  );

  const shown = useRef<{ asked: string; places: PlacedGraph["places"] }>(undefined);
  const held = useRef(current);
  const question = useRef(asked);
  useEffect(() => {
    held.current = current;
    question.current = asked;
  });
  useEffect(() => {
    const last = shown.current;
    shown.current = { asked: question.current, places };
    const room = frame.current?.getBoundingClientRect();
    const before = last?.places.find(({ id }) => id === held.current);
    const after = places.find(({ id }) => id === held.current);
    if (last?.asked === question.current && before && after)
      void flow.setViewport(heldView(flow.getViewport(), before, after));
    else if (room) void flow.setViewport(startView(places, applicationId, cardSize, room));
    // Places are new only when other cards are drawn: a change of status does not move the picture.
  }, [flow, places, held, question]);

  const go = (id: string) => {
    const place = places.find((one) => one.id === id);
    if (!place) return;
    setAt({ id, moved: at.moved + 1 });
    const zoom = Math.max(flow.getZoom(), 0.7);
    void flow.setCenter(place.x + cardSize.width / 2, place.y + cardSize.height / 2, { zoom });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = arrows[event.key];
    if (direction === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = walk(places, model.lines, current, direction);
    if (next !== undefined) go(next);
  };
  const focus = useMemo<GraphFocus>(
    () => ({
      current,
      moved: at.moved,
      selected,
      onOpen,
      onUnfold,
      onFocus: (id) => setAt((before) => (before.id === id ? before : { id, moved: 0 })),
    }),
    [current, at.moved, selected, onOpen, onUnfold],
  );
  return (
    <GraphFocusContext value={focus}>
      <div ref={frame} role="presentation" className="size-full" onKeyDown={onKeyDown}>
        <ReactFlow<CardNode>
          nodes={cards}
          edges={edges}
          nodeTypes={nodeTypes}
          onlyRenderVisibleElements
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          panOnScroll
          minZoom={0.15}
          maxZoom={1.5}
          attributionPosition="bottom-center"
          aria-label="Resource graph. Arrow keys walk along the lines, Enter opens."
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line)" bgColor="transparent" />
          <MiniMap<CardNode>
            pannable
            zoomable
            ariaLabel="The whole graph, small"
            nodeColor={(node) => colourOf(node.data.item)}
            nodeBorderRadius={6}
            bgColor="var(--surface)"
            maskColor="color-mix(in srgb, var(--sunken) 70%, transparent)"
            style={{ width: 160, height: 110 }}
            className="rounded-md border border-line max-sm:hidden!"
          />
          <Panel position="top-right" className="m-2! flex rounded-md border border-line bg-surface">
            <IconButton label="Zoom in" onClick={() => void flow.zoomIn()}>
              <Plus aria-hidden className="size-4" />
            </IconButton>
            <IconButton label="Zoom out" onClick={() => void flow.zoomOut()}>
              <Minus aria-hidden className="size-4" />
            </IconButton>
            <IconButton label="Show everything" onClick={() => void flow.fitView({ maxZoom: 1, padding: 0.05 })}>
              <Maximize aria-hidden className="size-4" />
            </IconButton>
          </Panel>
          <Panel
            position="bottom-left"
            className="m-2! flex min-h-7 items-center gap-2 rounded-md border border-line bg-surface px-2 text-xs text-muted"
          >
            {children}
          </Panel>
        </ReactFlow>
      </div>
    </GraphFocusContext>
  );
}

const colours: Record<Tone, string> = {
  ok: "var(--ok-bar)",
  busy: "var(--busy-bar)",
  warn: "var(--warn-bar)",
  bad: "var(--bad-bar)",
  idle: "var(--idle-bar)",
};

function colourOf(item: GraphItem): string {
  if (item.type === "resource") return colours[healthTone[item.node.health.status]];
  return item.type === "application" ? "var(--accent)" : colours.idle;
}
