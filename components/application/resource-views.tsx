"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { LiveResource } from "#lib/api/resource-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { DiffView } from "#components/diff/diff-view.tsx";
import { FieldChanges } from "#components/diff/field-changes.tsx";
import { IgnoredList } from "#components/diff/ignored-list.tsx";
import { LayoutSwitch, useDiffLayout } from "#components/diff/layout-switch.tsx";
import { patchOf } from "#components/diff/patch.ts";
import { Pending } from "#components/live/pending.tsx";
import { useDrift, useResourceEvents } from "#components/live/queries.ts";
import { CopyButton } from "#components/ui/copy.tsx";
import { DownloadButton } from "#components/ui/download.tsx";
import { Placeholder } from "#components/ui/notice.tsx";
import { EventList } from "./event-list.tsx";
import { YamlView } from "./yaml-view.tsx";

/** Stands for the manifest of what should be in the cluster and is not. */
export function NotThere({ ref_ }: { ref_: ResourceRef }) {
  return (
    <Placeholder glyph="Missing" tone="warn" title={`${ref_.kind} ${ref_.name} is not in the cluster`}>
      It should be: the application's desired state has it. A sync would create it.
    </Placeholder>
  );
}

/** What is in the cluster. */
export function LiveManifest({ query, ref_ }: { query: UseQueryResult<LiveResource>; ref_: ResourceRef }) {
  const { data, error, refetch } = query;
  if (data === undefined) return <Pending error={error} onRetry={refetch} lines={14} label="Loading the manifest" />;
  return <Manifest text={data.yaml} name={ref_.name} label={`Manifest of ${ref_.kind} ${ref_.name}`} />;
}

function Manifest({ text, name, label }: { text: string; name: string; label: string }) {
  return (
    <div className="relative">
      <div className="absolute top-2 right-3 z-10 flex rounded-md bg-surface">
        <CopyButton text={text} label="Copy the manifest" />
        <DownloadButton text={() => text} name={`${name}.yaml`} label="Download the manifest" />
      </div>
      <YamlView text={text} label={label} />
    </div>
  );
}

/** The application's comparison of desired with live, narrowed to one resource. */
function useResourceDrift(unit: ApplicationRef, selected: string) {
  const { data, error, check } = useDrift(unit);
  return { data, object: data?.objects.find(({ ref }) => resourceKey(ref) === selected), error, check };
}

/** What should be in the cluster, as it was last applied. */
export function DesiredManifest({
  unit,
  selected,
  ref_,
}: {
  unit: ApplicationRef;
  selected: string;
  ref_: ResourceRef;
}) {
  const { data, object, error, check } = useResourceDrift(unit, selected);
  if (data === undefined) return <Pending error={error} onRetry={check} lines={14} label="Loading" />;
  if (object?.from === undefined) return <NotCompared message={object?.note ?? data.message} />;
  return <Manifest text={object.from} name={ref_.name} label={`Desired manifest of ${ref_.kind} ${ref_.name}`} />;
}

/** Desired against live: fields with who wrote them, then the text. */
export function ResourceDiff({ unit, selected }: { unit: ApplicationRef; selected: string }) {
  const { data, object, error, check } = useResourceDrift(unit, selected);
  const layout = useDiffLayout();
  if (data === undefined) return <Pending error={error} onRetry={check} lines={8} label="Comparing" />;
  if (object === undefined || (object.from === undefined && object.to === undefined))
    return <NotCompared message={object?.note ?? data.message} />;
  const ignored = object.ignored !== undefined && (
    <div className="border-t border-line p-3">
      <IgnoredList objects={[object]} />
    </div>
  );
  if (object.change === "unchanged")
    return (
      <>
        <Placeholder glyph="Healthy" tone="ok" title="It is as it was applied">
          {object.note ?? "No field that the application sets differs in the cluster."}
        </Placeholder>
        {ignored}
      </>
    );
  const { fields = [], from, to, note } = object;
  return (
    <div>
      <div className="flex min-h-10 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <p className="min-w-0 flex-1 basis-52 text-muted">{note ?? "What was applied, and what is in the cluster."}</p>
        <LayoutSwitch />
        <CopyButton text={() => patchOf([object])} label="Copy as a patch" />
        <DownloadButton text={() => patchOf([object])} name={`${object.ref.name}.patch`} label="Download as a patch" />
      </div>
      {fields.length > 0 && (
        <div className="border-b border-line">
          <FieldChanges fields={fields} />
        </div>
      )}
      <DiffView from={from ?? ""} to={to ?? ""} layout={layout} label={`Changes of ${object.ref.name}`} />
      {ignored}
    </div>
  );
}

function NotCompared({ message }: { message: string | undefined }) {
  return (
    <Placeholder glyph="Unknown" title="What should be there is not known">
      {message ?? "The engine does not tell what it applied for this resource."}
    </Placeholder>
  );
}

/** Kubernetes events about one resource. */
export function ResourceEvents({ unit, ref_ }: { unit: ApplicationRef; ref_: ResourceRef }) {
  const { data, error, refetch } = useResourceEvents(unit, ref_);
  if (data === undefined) return <Pending error={error} onRetry={refetch} label="Loading events" />;
  return <EventList events={data.items} message={data.message} />;
}
