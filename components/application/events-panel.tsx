"use client";
import type { KubeEventList } from "#lib/api/contract.ts";
import type { ApplicationRef, Engine } from "#lib/model/application.ts";
import type { ResourceRef } from "#lib/model/resource-ref.ts";
import { ProblemPlaceholder } from "#components/live/problem.tsx";
import { useManyEvents, useResources } from "#components/live/queries.ts";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { EventList } from "./event-list.tsx";
import { isProblem } from "#lib/graph/problem.ts";

/** The object in the cluster that is the application; Helm releases and kubectl groups have none. */
const objects: Partial<Record<Engine, { group: string; version: string; kind: string }>> = {
  "flux-kustomization": { group: "kustomize.toolkit.fluxcd.io", version: "v1", kind: "Kustomization" },
  "flux-helmrelease": { group: "helm.toolkit.fluxcd.io", version: "v2", kind: "HelmRelease" },
  argocd: { group: "argoproj.io", version: "v1alpha1", kind: "Application" },
};

/** Events are asked for one object at a time, so not for more than this. */
const most = 12;

/** Events of the application's own object and of the resources that need a person, newest first. */
export function EventsPanel({ unit }: { unit: ApplicationRef }) {
  const resources = useResources(unit);
  const own = objects[unit.engine];
  const nodes = resources.data?.items.filter((node) => node.live !== "unknown") ?? [];
  const wanted = [
    ...nodes.filter(isProblem),
    ...nodes.filter((node) => !isProblem(node) && /^(Deployment|StatefulSet|DaemonSet|Job|Pod)$/.test(node.ref.kind)),
  ].slice(0, most);
  const refs: ResourceRef[] = [
    ...(own ? [{ ...own, namespace: unit.namespace, name: unit.name }] : []),
    ...wanted.map((node) => node.ref),
  ];
  const answers = useManyEvents(unit, refs);

  const first =
    resources.error ?? (answers.length > 0 && answers.every((answer) => answer.error) ? answers[0]?.error : undefined);
  if (first) return <ProblemPlaceholder error={first} />;
  if (resources.isPending || answers.some((answer) => answer.isPending))
    return <SkeletonLines label="Loading events" />;
  const events = answers.flatMap((answer): KubeEventList["items"] => answer.data?.items ?? []);
  events.sort((a, b) => (b.lastSeen ?? b.firstSeen ?? "").localeCompare(a.lastSeen ?? a.firstSeen ?? ""));
  const about =
    nodes.length > wanted.length
      ? `Of the application itself and of ${wanted.length} of its ${nodes.length} resources: first those that need a person. Open a resource to see its own.`
      : undefined;
  return (
    <div className="p-3 sm:p-5">
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <EventList events={events} message={about} />
      </div>
    </div>
  );
}
