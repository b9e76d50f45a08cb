"use client";
import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { Boxes, GitBranch, Layers, Network } from "lucide-react";
import Link from "next/link";
import { createContext, memo, use, useEffect, useRef, type ReactNode } from "react";
import { fluxSourceKey, fluxSourceKinds } from "#lib/model/flux-source.ts";
import { healthRank, healthStatuses, type HealthStatus } from "#lib/model/health-status.ts";
import type { ResourceGroup } from "#lib/graph/simplify.ts";
import type { Source } from "#lib/model/application.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import { shortRevision } from "#lib/model/revision-format.ts";
import { engineName } from "#components/applications/engine-label.ts";
import { applicationHref, inCluster } from "#components/live/paths.ts";
import { cx } from "#components/ui/cx.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { MiddleName } from "#components/ui/middle-name.tsx";
import { healthTone, toneText } from "#components/ui/tone.ts";
import type { GraphItem } from "./graph-model.ts";

/** A card as React Flow carries it. */
export type CardNode = Node<{ item: GraphItem }, "card">;

/** What the cards share: which one the keyboard is at, and what a click does. */
export interface GraphFocus {
  /** The one card that can be reached by Tab. */
  readonly current: string;
  /** Changes when the focus shall go to `current`; 0 until the person has used the keyboard here. */
  readonly moved: number;
  readonly selected: string | undefined;
  readonly onOpen: (key: string) => void;
  readonly onUnfold: (group: string) => void;
  readonly onFocus: (id: string) => void;
}

/** Given by the graph to its cards. */
export const GraphFocusContext = createContext<GraphFocus | undefined>(undefined);

/** One thing of the graph. Its status is a shape and a word before it is a colour. */
export const GraphCard = memo(function GraphCard({ data: { item } }: NodeProps<CardNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="opacity-0" />
      <Card item={item} />
      <Handle type="source" position={Position.Right} isConnectable={false} className="opacity-0" />
    </>
  );
});

const frame =
  "pointer-events-auto relative flex h-12 w-58 items-center gap-2 rounded-md border bg-surface px-2.5 text-left text-sm text-ink hover:border-line-strong hover:bg-hover";

function Card({ item }: { item: GraphItem }) {
  const focus = use(GraphFocusContext);
  const element = useRef<HTMLElement>(null);
  const current = focus?.current === item.id;
  const moved = focus?.moved ?? 0;
  useEffect(() => {
    if (current && moved > 0) element.current?.focus({ preventScroll: true });
  }, [current, moved]);
  const shared = {
    ref: element as never,
    tabIndex: current ? 0 : -1,
    onFocus: () => focus?.onFocus(item.id),
    "data-card": item.id,
  };
  switch (item.type) {
    case "resource":
      return (
        <button
          type="button"
          {...shared}
          onClick={() => focus?.onOpen(item.id)}
          className={cx(frame, ground(item.node), focus?.selected === item.id && "outline-2 outline-accent")}
        >
          <ResourceFace node={item.node} />
        </button>
      );
    case "group":
      return (
        <button
          type="button"
          {...shared}
          onClick={() => focus?.onUnfold(item.id)}
          className={cx(
            frame,
            "border-line-strong border-dashed before:absolute before:inset-x-1.5 before:-bottom-1 before:h-1 before:rounded-b-md before:border-x before:border-b before:border-line-strong before:border-dashed",
          )}
        >
          <GroupFace group={item.group} />
        </button>
      );
    case "application": {
      const { name, engine, health } = item.application;
      return (
        <button type="button" {...shared} className={cx(frame, "border-accent font-medium")}>
          <Mark status={health.status} />
          <Face over={`${engineName[engine]} · ${health.status}`} name={name} />
        </button>
      );
    }
    case "parent":
      return (
        <Link {...shared} href={applicationHref(item.unit)} className={cx(frame, "border-line")}>
          <Layers aria-hidden className="size-3.5 shrink-0 text-muted" />
          <Face over={`Managed by · ${engineName[item.unit.engine]}`} name={item.unit.name} />
        </Link>
      );
    case "source":
      return (
        <SourceCard source={item.source} shared={shared}>
          <SourceFace source={item.source} />
        </SourceCard>
      );
  }
}

function SourceCard({ source, shared, children }: { source: Source; shared: object; children: ReactNode }) {
  const kind = fluxSourceKinds.find((each) => each === source.kind);
  const { namespace, name } = source;
  if (kind === undefined || namespace === undefined || name === undefined)
    return (
      <button type="button" {...shared} className={cx(frame, "border-line")}>
        {children}
      </button>
    );
  const key = fluxSourceKey({ kind, namespace, name });
  return (
    <Link
      {...shared}
      href={inCluster(`/sources?source=${encodeURIComponent(key)}`)}
      className={cx(frame, "border-line")}
    >
      {children}
    </Link>
  );
}

function SourceFace({ source }: { source: Source }) {
  const { kind, name, chart, url, ref, version } = source;
  const at = version ?? ref;
  return (
    <>
      <GitBranch aria-hidden className="size-3.5 shrink-0 text-muted" />
      <Face
        over={[kind, at !== undefined && shortRevision(at)].filter(Boolean).join(" · ")}
        name={name ?? chart ?? url?.replace(/^\w+:\/\//, "") ?? kind}
      />
    </>
  );
}

function ResourceFace({ node }: { node: ResourceNode }) {
  const { ref, health, drift, live, hook, summary } = node;
  const said =
    health.status !== "Healthy"
      ? health.status
      : live === "unknown"
        ? "not readable"
        : live === "no"
          ? "not in the cluster"
          : hook === true
            ? "hook"
            : summary;
  return (
    <>
      <Mark status={health.status} />
      <Face
        over={[ref.kind, said].filter(Boolean).join(" · ")}
        name={ref.name}
        title={health.message ?? summary}
        tone={health.status === "Healthy" ? undefined : toneText[healthTone[health.status]]}
      />
      {(drift?.status === "Drifted" || node.sync === "OutOfSync") && (
        <span className="ml-auto inline-flex shrink-0 text-warn">
          <Glyph name={drift?.status === "Drifted" ? "Drift" : "OutOfSync"} />
          <span className="sr-only">{drift?.status === "Drifted" ? "drifted" : "out of sync"}</span>
        </span>
      )}
    </>
  );
}

function GroupFace({ group: { count, kind, health, below } }: { group: ResourceGroup }) {
  const worst = worstOf(health);
  const parts = healthStatuses
    .toReversed()
    .flatMap((status) => (health[status] ? [`${health[status]} ${status}`] : []));
  return (
    <>
      {worst === "Healthy" ? <Boxes aria-hidden className="size-3.5 shrink-0 text-muted" /> : <Mark status={worst} />}
      <span className="min-w-0 flex-1">
        <span className="block truncate text-xs text-muted">{parts.join(", ")}</span>
        <span className="block truncate font-medium">
          <span className="tabular">{count}</span> {kind === undefined ? "of other kinds" : kind}
        </span>
      </span>
      {below > 0 && (
        <span className="ml-auto inline-flex shrink-0 items-center gap-1 text-xs text-muted">
          <Network aria-hidden className="size-3" />
          <span className="tabular">{below}</span>
          <span className="sr-only">below them</span>
        </span>
      )}
      <span className="sr-only">Show them</span>
    </>
  );
}

function Face({
  over,
  name,
  title,
  tone,
}: {
  over: string;
  name: string;
  title?: string | undefined;
  tone?: string | undefined;
}) {
  return (
    <span className="min-w-0 flex-1" title={title}>
      <span className={cx("block truncate text-xs", tone ?? "text-muted")}>{over}</span>
      <span className="flex font-medium">
        <MiddleName name={name} />
      </span>
    </span>
  );
}

function Mark({ status }: { status: HealthStatus }) {
  return (
    <span className={cx("inline-flex shrink-0", toneText[healthTone[status]])}>
      <Glyph name={status} />
      <span className="sr-only">{status}</span>
    </span>
  );
}

function ground({ health, live }: ResourceNode): string {
  if (health.status === "Degraded") return "border-bad-bar bg-bad-tint";
  if (live === "no" || health.status === "Missing") return "border-warn-bar border-dashed";
  return "border-line";
}

function worstOf(health: ResourceGroup["health"]): HealthStatus {
  let worst: HealthStatus = "Healthy";
  for (const status of healthStatuses)
    if ((health[status] ?? 0) > 0 && healthRank(status) > healthRank(worst)) worst = status;
  return worst;
}
