import type { History } from "#lib/api/application-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { entryRevisions, historyEntry } from "#server/actions/argocd/sync-operation.ts";
import { unitRef } from "#server/actions/unit-object.ts";
import { isArgoFault } from "#server/desired/argocd/argo-fault.ts";
import { type DeployedCommit, isCommit } from "#server/desired/argocd/commits.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { Call } from "./guard.ts";

/** Milliseconds: a history without words is worth more than one that is waited for. */
const patience = 4_000;

/**
 * The history of an application. Argo CD keeps no word of a commit in the cluster: where this session is connected to its API server, who made each
 * commit and its first line come from there.
 */
export async function historyOf(
  { view, cluster, runtime, request }: Pick<Call<unknown>, "view" | "cluster" | "runtime" | "request">,
  unit: ApplicationRef,
): Promise<History | undefined> {
  const known = await view.history(unit);
  const connection = unit.engine === "argocd" ? runtime.argocd.connection(cluster) : undefined;
  const ref = unitRef(unit);
  const application = ref && view.store.get(resourceKey(ref));
  if (known === undefined || connection === undefined || application === undefined) return known;
  const commits = known.items.map(({ id }) => commitOf(application.object, id));
  try {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patience)]);
    const wanted = commits.filter((commit) => commit !== undefined);
    const told = await connection.commits(unit, application.uid, wanted, signal);
    const items = known.items.map((item, index) => ({ ...told.get(commits[index]?.revision ?? ""), ...item }));
    return { ...known, items };
  } catch (error) {
    request.signal.throwIfAborted();
    if (isArgoFault(error)) runtime.argocd.report(cluster, error);
    else if (!(error instanceof Error && error.name === "TimeoutError")) throw error;
    return known;
  }
}

/** The commit of a history entry: of its first source that has one. */
function commitOf(application: KubeObject, id: string): DeployedCommit | undefined {
  const entry = historyEntry(application, id);
  const revisions = entry ? entryRevisions(entry) : [];
  const index = revisions.findIndex(isCommit);
  const revision = revisions[index];
  if (revision === undefined) return undefined;
  return revisions.length > 1 ? { revision, source: { index, version: id } } : { revision };
}
