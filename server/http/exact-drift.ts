import type { Diff } from "#lib/api/diff-contract.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { resourceKey } from "#lib/model/resource-ref.ts";
import { unitRef } from "#server/actions/unit-object.ts";
import { isArgoFault } from "#server/desired/argocd/argo-fault.ts";
import { exactDiff } from "#server/desired/argocd/exact-diff.ts";
import type { Call } from "./guard.ts";

/**
 * Drift of one application: as Argo CD itself compares it where this session is connected to its API server, else as the view knows it. When Argo CD has
 * no answer, what the view knows is told with the reason.
 */
export async function driftOf(
  { view, cluster, runtime, request }: Pick<Call<unknown>, "view" | "cluster" | "runtime" | "request">,
  unit: ApplicationRef,
  options: { fresh: boolean },
): Promise<Diff | undefined> {
  const known = await view.drift(unit, options);
  const connection = unit.engine === "argocd" ? runtime.argocd.connection(cluster) : undefined;
  const ref = unitRef(unit);
  const application = ref && view.store.get(resourceKey(ref));
  const reading = view.reading(unit);
  if (known === undefined || connection === undefined || application === undefined || reading === undefined)
    return known;
  try {
    const items = await connection.managedObjects(unit, application.uid, request.signal);
    const remote = reading.inventory.some((item) => item.remote === true);
    const exact = exactDiff(items, { store: view.store, remote });
    const { checkedAt } = reading.application.drift;
    return { ...exact, ...(checkedAt !== undefined && { checkedAt }) };
  } catch (error) {
    if (!isArgoFault(error)) throw error;
    runtime.argocd.report(cluster, error);
    return { ...known, message: [error.message, known.message].filter(Boolean).join(" ") };
  }
}
