"use client";
import { useState } from "react";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { ResourceNode } from "#lib/model/resource-node.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { FieldChanges } from "#components/diff/field-changes.tsx";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { useLiveResource, useResourceEvents } from "#components/live/queries.ts";
import { CopyButton } from "#components/ui/copy.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { Health } from "#components/ui/status.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { EventList } from "./event-list.tsx";
import { LogView } from "./log-view.tsx";
import { YamlView } from "./yaml-view.tsx";

/** Reads `group/kind/namespace/name` back. */
function refOf(key: string): ResourceRef | undefined {
  const [group, kind, namespace, ...name] = key.split("/");
  if (group === undefined || kind === undefined || namespace === undefined || name.length === 0) return undefined;
  return { group, kind, name: name.join("/"), ...(namespace !== "" && { namespace }) };
}

/** One resource from close: its live manifest, its events, the logs of a pod. */
export function ResourceDrawer({
  unit,
  selected,
  nodes,
  onClose,
}: {
  unit: ApplicationRef;
  selected: string;
  nodes: readonly ResourceNode[];
  onClose: () => void;
}) {
  const node = nodes.find((each) => each.key === selected);
  const ref = node?.ref ?? refOf(selected);
  const [tab, setTab] = useState("manifest");
  if (ref === undefined) return null;
  const pod = ref.kind === "Pod" && ref.group === "";
  const fields = node?.drift?.fields ?? [];
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
        <span className="flex flex-wrap items-center gap-x-3">
          {node && <Health status={node.health.status} />}
          {ref.namespace !== undefined && <span>{ref.namespace}</span>}
          {node?.summary !== undefined && <span className="[overflow-wrap:anywhere]">{node.summary}</span>}
          {node?.health.message !== undefined && (
            <span className="basis-full text-ink [overflow-wrap:anywhere]">{node.health.message}</span>
          )}
        </span>
      }
    >
      {fields.length > 0 && (
        <div className="border-b border-line">
          <FieldChanges fields={fields} />
        </div>
      )}
      <Tabs
        label="Views of this resource"
        inset="px-2"
        value={tab}
        onChange={setTab}
        className="pt-1"
        items={[
          { value: "manifest", label: "Live manifest" },
          { value: "events", label: "Events" },
          ...(pod ? [{ value: "logs", label: "Logs" }] : []),
        ]}
      >
        {tab === "manifest" && (node?.live === "no" ? <NotThere ref_={ref} /> : <Manifest unit={unit} ref_={ref} />)}
        {tab === "events" && <ResourceEvents unit={unit} ref_={ref} />}
        {tab === "logs" && <LogView pod={ref} />}
      </Tabs>
    </Dialog>
  );
}

function NotThere({ ref_ }: { ref_: ResourceRef }) {
  return (
    <Placeholder glyph="Missing" tone="warn" title={`${ref_.kind} ${ref_.name} is not in the cluster`}>
      It should be: the application's desired state has it. A sync would create it.
    </Placeholder>
  );
}

function Manifest({ unit, ref_ }: { unit: ApplicationRef; ref_: ResourceRef }) {
  const { data, error, refetch } = useLiveResource(unit, ref_);
  if (data === undefined)
    return error ? (
      <ProblemPlaceholder error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={14} label="Loading the manifest" />
    );
  return (
    <div className="relative">
      <div className="absolute top-2 right-3 z-10 rounded-md bg-surface">
        <CopyButton text={data.yaml} label="Copy the manifest" />
      </div>
      <YamlView text={data.yaml} label={`Manifest of ${ref_.kind} ${ref_.name}`} />
    </div>
  );
}

function ResourceEvents({ unit, ref_ }: { unit: ApplicationRef; ref_: ResourceRef }) {
  const { data, error, refetch } = useResourceEvents(unit, ref_);
  if (data === undefined)
    return error ? (
      <ProblemPlaceholder error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines label="Loading events" />
    );
  return <EventList events={data.items} message={data.message} />;
}
