import type { Diff } from "#lib/api/diff-contract.ts";
import { diffObjects } from "#lib/diff/object-diff.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { entryRevisions, historyEntry } from "#server/actions/argocd/sync-operation.ts";
import { unitRef } from "#server/actions/unit-object.ts";
import { isArgoFault } from "#server/desired/argocd/argo-fault.ts";
import { appliedManifests } from "#server/desired/argocd/revision-changes.ts";
import { unreadable } from "#server/desired/argocd/unreadable.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { StoreReader } from "#server/kube/store.ts";
import type { Call } from "./guard.ts";

/**
 * What differs between two states of an application, as the view knows it. Of two revisions of an Argo CD Application that were not recorded, Argo CD makes the
 * manifests anew where this session is connected to its API server.
 * @throws ApiError 422 for revisions that are not known
 */
export async function diffOf(
  { view, cluster, runtime, request }: Pick<Call<unknown>, "view" | "cluster" | "runtime" | "request">,
  unit: ApplicationRef,
  from: string,
  to: string,
): Promise<Diff | undefined> {
  const known = await view.diff(unit, from, to);
  const connection = unit.engine === "argocd" ? runtime.argocd.connection(cluster) : undefined;
  const ref = unitRef(unit);
  const application = ref && view.store.get(resourceKey(ref));
  if (known === undefined || known.objects.length > 0 || connection === undefined || application === undefined)
    return known;
  const entries = [from, to].map((id) => historyEntry(application.object, id));
  const [before, after] = entries;
  if (before === undefined || after === undefined) return known;
  const namespace = text(fields(fields(application.object["spec"])["destination"])["namespace"]);
  const manifestsAt = async (entry: typeof before): Promise<KubeObject[]> => {
    const manifests = await connection.manifests(unit, application.uid, entryRevisions(entry), request.signal);
    return appliedManifests(manifests, namespace, view.discovery);
  };
  try {
    const [left, right] = await Promise.all([manifestsAt(before), manifestsAt(after)]);
    return {
      ...known,
      exactness: "engine",
      message:
        "Made by Argo CD from each revision, with the source's settings of today; it hides the values of Secrets.",
      objects: diffObjects(left, right).map((object) => withheld(object, view.store)),
    };
  } catch (error) {
    if (!isArgoFault(error)) throw error;
    runtime.argocd.report(cluster, error);
    return { ...known, message: [error.message, known.message].filter(Boolean).join(" ") };
  }
}

/** What this person may not read in the cluster is named alone; of Secrets only the keys are known. */
function withheld(object: DiffObject, store: StoreReader): DiffObject {
  const hidden = unreadable(object.ref, store);
  if (hidden !== undefined) return { ref: object.ref, change: object.change, exactness: "engine", note: hidden };
  const isSecret = object.ref.group === "" && object.ref.kind === "Secret";
  return { ...object, exactness: "engine", ...(isSecret && { note: "only its keys are compared" }) };
}
