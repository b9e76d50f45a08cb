import type { DiffObject } from "#lib/model/diff-object.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import { formatRef, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { isArgoFault } from "#server/desired/argocd/argo-fault.ts";
import { exactDiff } from "#server/desired/argocd/exact-diff.ts";
import { appliedManifests, revisionChanges } from "#server/desired/argocd/revision-changes.ts";
import type { ActionContext } from "../action-handler.ts";
import { correctionsOf } from "../sync-changes.ts";
import { sentenceList } from "../words.ts";

/** What an operation would change, object by object, and what there is to say about it. */
export interface ChangePreview {
  readonly changes: DiffObject[];
  readonly warnings: string[];
}

/**
 * What a sync would change by Argo CD's own word, to its target or to these revisions (one for each source), where the person's session is connected to
 * its API server. Undefined when it is not; a warning alone when Argo CD has no answer.
 */
export async function exactPreview(
  context: ActionContext,
  revisions: readonly string[],
): Promise<ChangePreview | { readonly warnings: string[] } | undefined> {
  const { argocd, object, unit, view, io, reading } = context;
  const uid = object?.metadata.uid;
  if (argocd === undefined || uid === undefined) return undefined;
  try {
    if (revisions.every((revision) => revision === "")) {
      const remote = reading.inventory.some((item) => item.remote === true);
      const items = await argocd.managedObjects(unit, uid);
      return limited(correctionsOf(exactDiff(items, { store: view.store, remote }).objects), context);
    }
    const namespace = text(fields(fields(object?.["spec"])["destination"])["namespace"]);
    const manifests = appliedManifests(await argocd.manifests(unit, uid, revisions), namespace, io.discovery);
    const inventory = reading.inventory.filter(({ hook }) => hook !== true).map(({ ref }) => ref);
    const changes = revisionChanges(manifests, inventory, view.store).filter(({ change }) => change !== "unchanged");
    return limited(changes, context);
  } catch (error) {
    if (!isArgoFault(error)) throw error;
    return { warnings: [error.message] };
  }
}

/** Only what was selected, and deletions only where pruning was asked for. */
function limited(changes: readonly DiffObject[], { request }: ActionContext): ChangePreview {
  const { resources = [], prune = false } = request;
  const selected = resources.length === 0 ? undefined : new Set(resources.map(resourceKey));
  const concerned = changes.filter(({ ref }) => selected === undefined || selected.has(resourceKey(ref)));
  if (prune) return { changes: concerned, warnings: [] };
  const kept = concerned.filter(({ change }) => change === "removed").map(({ ref }) => ref);
  return {
    changes: concerned.filter(({ change }) => change !== "removed"),
    warnings: kept.length > 0 ? [keptWords(kept)] : [],
  };
}

/** Without prune, what the source does not have any more stays. */
export function keptWords(refs: readonly ResourceRef[]): string {
  return `Without prune these stay although the source no longer has them: ${sentenceList(refs.map(formatRef))}.`;
}
