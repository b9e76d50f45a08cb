"use client";
import { RotateCw, Scaling, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ApplicationDetail } from "#lib/api/application-contract.ts";
import { ownersOf, podsBelow } from "#lib/graph/pods-below.ts";
import type { ResourceAction } from "#lib/model/resource-action.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { ActionDialog } from "#components/actions/action-dialog.tsx";
import type { Intent } from "#components/actions/action-words.ts";
import { LogPanel } from "#components/logs/log-panel.tsx";
import { useLiveResource, useResourcePermissions } from "#components/live/queries.ts";
import { setQuery, useQueryParam } from "#components/live/use-query-param.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Health, Status } from "#components/ui/status.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Conditions } from "./conditions.tsx";
import { permissionOf } from "./permission.ts";
import { ResourceActionDialog } from "./resource-action-dialog.tsx";
import { DesiredManifest, LiveManifest, NotThere, ResourceDiff, ResourceEvents } from "./resource-views.tsx";

/** Reads `group/kind/namespace/name` back. */
function refOf(key: string): ResourceRef | undefined {
  const [group, kind, namespace, ...name] = key.split("/");
  if (group === undefined || kind === undefined || namespace === undefined || name.length === 0) return undefined;
  return { group, kind, name: name.join("/"), ...(namespace !== "" && { namespace }) };
}

type Props = {
  detail: ApplicationDetail;
  selected: string;
  nodes: readonly ResourceNode[];
  onClose: () => void;
};

/** One resource from close: its manifests, what differs, conditions, events, logs, owners, and what can be done with it. */
export function ResourceDrawer({ detail, selected, nodes, onClose }: Props) {
  const node = nodes.find((each) => each.key === selected);
  const ref = node?.ref ?? refOf(selected);
  return ref && <Drawer {...{ detail, selected, nodes, onClose, node, ref_: ref }} />;
}

function Drawer({
  detail,
  selected,
  nodes,
  node,
  ref_: ref,
  onClose,
}: Props & { node: ResourceNode | undefined; ref_: ResourceRef }) {
  const unit = detail.application;
  const [show] = useQueryParam("show");
  const [asking, setAsking] = useState<ResourceAction>();
  const [intent, setIntent] = useState<Intent>();
  const live = useLiveResource(unit, ref);
  const pods = podsBelow(nodes, selected);
  const conditions = live.data?.conditions ?? [];
  const drifted = node?.drift?.status === "Drifted" ? (node.drift.fields?.length ?? 0) : 0;
  const tabs = [
    { value: "manifest", label: "Manifest" },
    // What a controller made of a resource was never in the application's source.
    ...(node?.parent === undefined
      ? [
          { value: "diff", label: "Diff", ...(drifted > 0 && { count: drifted }) },
          { value: "desired", label: "Desired" },
        ]
      : []),
    ...(conditions.length > 0 ? [{ value: "conditions", label: "Conditions", count: conditions.length }] : []),
    { value: "events", label: "Events" },
    ...(pods.length > 0 ? [{ value: "logs", label: "Logs", ...(pods.length > 1 && { count: pods.length }) }] : []),
  ];
  const tab = tabs.find(({ value }) => value === show)?.value ?? "manifest";
  const missing = node?.live === "no";
  return (
    <Dialog
      open
      as="drawer"
      onClose={onClose}
      title={
        <>
          <span className="font-normal text-muted">{ref.kind}</span> {ref.name}
        </>
      }
      description={
        <>
          <Owners detail={detail} nodes={nodes} selected={selected} />
          <span className="flex flex-wrap items-center gap-x-3">
            {node && <Health status={node.health.status} />}
            {drifted > 0 && (
              <Status
                glyph="Drift"
                tone="warn"
                word={drifted === 1 ? "1 field drifted" : `${drifted} fields drifted`}
              />
            )}
            {ref.namespace !== undefined && <span>{ref.namespace}</span>}
            {node?.summary !== undefined && <span className="[overflow-wrap:anywhere]">{node.summary}</span>}
            {node?.health.message !== undefined && (
              <span className="basis-full text-ink [overflow-wrap:anywhere]">{node.health.message}</span>
            )}
          </span>
          {!missing && <Actions detail={detail} node={node} ref_={ref} onIntent={setIntent} onAsk={setAsking} />}
        </>
      }
    >
      <Tabs
        label="Views of this resource"
        inset="px-2"
        value={tab}
        onChange={(value) => setQuery({ show: value === "manifest" ? undefined : value }, { push: false })}
        className="pt-1"
        items={tabs}
      >
        {tab === "manifest" && (missing ? <NotThere ref_={ref} /> : <LiveManifest query={live} ref_={ref} />)}
        {tab === "diff" && <ResourceDiff unit={unit} selected={selected} />}
        {tab === "desired" && <DesiredManifest unit={unit} selected={selected} ref_={ref} />}
        {tab === "conditions" && <Conditions conditions={conditions} />}
        {tab === "events" && <ResourceEvents unit={unit} ref_={ref} />}
        {tab === "logs" && (
          <LogPanel
            key={selected}
            pods={pods.slice(0, 20).map((pod) => pod.ref)}
            containers={live.data?.containers}
            label={`Log of ${ref.name}`}
            height="max-h-[calc(100dvh-16rem)] min-h-40"
          />
        )}
      </Tabs>
      {intent && <ActionDialog detail={detail} intent={intent} onClose={() => setIntent(undefined)} />}
      {asking && (
        <ResourceActionDialog
          unit={unit}
          ref_={ref}
          action={asking}
          replicas={live.data?.replicas}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Dialog>
  );
}

/** The way from the application to this resource; each step leads there. */
function Owners({
  detail,
  nodes,
  selected,
}: {
  detail: ApplicationDetail;
  nodes: readonly ResourceNode[];
  selected: string;
}) {
  const owners = ownersOf(nodes, selected);
  if (owners.length === 0) return null;
  return (
    <nav aria-label="Owners" className="mb-1 flex flex-wrap items-center gap-x-1 text-xs">
      <span>{detail.application.name}</span>
      {owners.map((owner) => (
        <span key={owner.key} className="flex min-w-0 items-center gap-1">
          <span aria-hidden="true" className="text-subtle">
            ›
          </span>
          <button
            type="button"
            onClick={() => setQuery({ resource: owner.key, show: undefined })}
            className="min-w-0 truncate rounded-sm text-accent hover:underline"
          >
            {owner.ref.kind} {owner.ref.name}
          </button>
        </span>
      ))}
    </nav>
  );
}

const icons: Record<ResourceAction, typeof Scaling> = { scale: Scaling, delete: Trash2 };
const labels: Record<ResourceAction, string> = { scale: "Scale…", delete: "Delete the pod…" };

function Actions({
  detail,
  node,
  ref_: ref,
  onIntent,
  onAsk,
}: {
  detail: ApplicationDetail;
  node: ResourceNode | undefined;
  ref_: ResourceRef;
  onIntent: (intent: Intent) => void;
  onAsk: (action: ResourceAction) => void;
}) {
  const { data } = useResourcePermissions(detail.application, ref);
  const restartable =
    node?.parent === undefined && ref.group === "apps" && /^(Deployment|StatefulSet|DaemonSet)$/.test(ref.kind);
  if (!restartable && (data?.items.length ?? 0) === 0) return null;
  return (
    <span className="mt-2 flex flex-wrap gap-2">
      {restartable && (
        <Button
          icon={<RotateCw aria-hidden className="size-3.5" />}
          unavailable={permissionOf(detail, "restart")}
          onClick={() => onIntent({ action: "restart", resources: [ref] })}
        >
          Restart…
        </Button>
      )}
      {data?.items.map(({ action, allowed, reason }) => {
        const Icon = icons[action];
        return (
          <Button
            key={action}
            icon={<Icon aria-hidden className="size-3.5" />}
            unavailable={allowed ? undefined : (reason ?? "You may not do this")}
            onClick={() => onAsk(action)}
          >
            {labels[action]}
          </Button>
        );
      })}
    </span>
  );
}
