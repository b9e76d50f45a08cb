import { fields, list, text } from "#lib/model/health/fields.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext } from "../action-handler.ts";
import { correctionsOf } from "../sync-changes.ts";
import { type ChangePreview, exactPreview, keptWords } from "./exact-preview.ts";

/** One resource of `status.resources`. */
interface ArgoResource {
  readonly ref: ResourceRef;
  readonly outOfSync: boolean;
  readonly requiresPruning: boolean;
}

/** What a sync would change, as far as it can be known without Argo CD's own API. */
export async function previewChanges(context: ActionContext): Promise<ChangePreview> {
  const { unit, view, object, request } = context;
  const exact = await exactPreview(context, request.revisions ?? [request.revision ?? ""]);
  if (exact && "changes" in exact) return exact;
  const drift = await view.drift(unit, { fresh: true });
  const isLive = (ref: ResourceRef): boolean => view.store.get(resourceKey(ref)) !== undefined;
  const { changes, warnings } = syncChanges(argoResources(object), drift ? correctionsOf(drift.objects) : [], {
    isLive,
    prune: request.prune === true,
    resources: request.resources,
  });
  return { changes, warnings: [...(exact?.warnings ?? []), ...warnings] };
}

/**
 * Argo CD's verdict on each resource, joined with the drift that was compared here. For what is OutOfSync without having drifted the change
 * stands in the source, whose manifests are not in the Kubernetes API: such an entry has no diff and says so.
 */
export function syncChanges(
  resources: readonly ArgoResource[],
  corrections: readonly DiffObject[],
  {
    isLive,
    prune,
    resources: selected,
  }: { isLive: (ref: ResourceRef) => boolean; prune: boolean; resources?: readonly ResourceRef[] | undefined },
): { changes: DiffObject[]; warnings: string[] } {
  const wanted = selected === undefined || selected.length === 0 ? undefined : new Set(selected.map(resourceKey));
  const concerned = resources.filter(
    ({ ref, outOfSync }) => outOfSync && (wanted === undefined || wanted.has(resourceKey(ref))),
  );
  const known = new Map(corrections.map((correction) => [resourceKey(correction.ref), correction]));
  const pruned = concerned.filter(({ requiresPruning }) => requiresPruning);
  const changes = concerned.flatMap(({ ref, requiresPruning }): DiffObject[] => {
    if (requiresPruning)
      return prune ? [{ ref, change: "removed", exactness: "engine", note: "not in the source any more" }] : [];
    const correction = known.get(resourceKey(ref));
    if (correction !== undefined)
      return [{ ...correction, note: correction.note ?? "drift, by what was applied last" }];
    if (!isLive(ref))
      return [
        { ref, change: "added", exactness: "engine", note: "its manifest is in the source and can't be shown here" },
      ];
    return [
      {
        ref,
        change: "changed",
        exactness: "engine",
        note: "OutOfSync by Argo CD's verdict; the source's manifest can't be shown here",
      },
    ];
  });
  const warnings = pruned.length > 0 && !prune ? [keptWords(pruned.map(({ ref }) => ref))] : [];
  return { changes, warnings };
}

/** `status.resources` without hooks. */
export function argoResources(application: KubeObject | undefined): ArgoResource[] {
  return list(fields(application?.["status"])["resources"])
    .map(fields)
    .filter((entry) => entry["hook"] !== true)
    .map((entry) => {
      const namespace = text(entry["namespace"]);
      const version = text(entry["version"]);
      return {
        ref: {
          group: text(entry["group"]),
          ...(version !== "" && { version }),
          kind: text(entry["kind"]),
          ...(namespace !== "" && { namespace }),
          name: text(entry["name"]),
        },
        outOfSync: entry["status"] === "OutOfSync",
        requiresPruning: entry["requiresPruning"] === true,
      };
    });
}
