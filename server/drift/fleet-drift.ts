import type { FleetDrift } from "#lib/api/activity-contract.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import type { ClusterView } from "#server/view/view.ts";

/**
 * What has drifted in all applications of a view, as it was compared last: nothing is asked of the cluster. Where the engine itself says
 * that something drifted and the comparison found nothing, the first field of the row is all that is known.
 */
export function fleetDrift(view: Pick<ClusterView, "snapshot" | "driftVerdict">): FleetDrift {
  const items = view.snapshot().items.flatMap((application): FleetDrift["items"] => {
    const { engine, namespace, name, drift } = application;
    if (drift.status !== "Drifted") return [];
    const { exactness, checkedAt, message, top } = drift;
    const objects = [...(view.driftVerdict({ engine, namespace, name })?.objects.values() ?? [])]
      .filter(({ change }) => change !== "unchanged")
      .map(({ ref, change, fields, exactness: how, note }): DiffObject => ({
        ref,
        change,
        fields: [...fields],
        exactness: how,
        ...(note !== undefined && { note }),
      }));
    if (objects.length === 0 && top !== undefined) {
      const { ref, ...field } = top;
      objects.push({ ref, change: "changed", fields: [field], ...(exactness && { exactness }) });
    }
    return [
      {
        application: { engine, namespace, name },
        ...(exactness && { exactness }),
        ...(checkedAt !== undefined && { checkedAt }),
        ...(message !== undefined && { message }),
        objects,
      },
    ];
  });
  return { items };
}
