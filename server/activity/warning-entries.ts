import type { ActivityEntry } from "#lib/model/activity.ts";
import { applicationKey, type Application } from "#lib/model/application.ts";
import { parseApiVersion, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import { unitRef } from "#server/actions/unit-object.ts";
import type { FoundEvent } from "#server/kube/read-events.ts";
import type { StoreReader } from "#server/kube/store.ts";
import { refOf } from "./deployments.ts";

/** Which application an object belongs to, if to any. */
export interface OwnerIndex {
  /** By `resourceKey`. */
  readonly get: (key: string) => Application | undefined;
}

/* What helm-controller calls drift (`api/v2/condition_types.go`). */
const driftDetected = "DriftDetected";
/* As deep as Kubernetes' own chains are: Pod, Job, CronJob; Pod, ReplicaSet, Deployment, Rollout. */
const mostOwners = 5;

/**
 * Warnings of the cluster about what belongs to an application, those of one workload and reason as one entry: a hundred Pods that
 * fail alike are one failure. Warnings about anything else are left out.
 */
export function warningActivity(
  events: readonly FoundEvent[],
  owners: OwnerIndex,
  store: StoreReader,
): ActivityEntry[] {
  const grouped = new Map<string, ActivityEntry>();
  for (const { event, about } of events) {
    const time = event.lastSeen;
    const belongs = owned(about, owners, store);
    if (time === undefined || belongs === undefined) continue;
    const { application, root } = belongs;
    if (isTold(application, root, event)) continue;
    const drifted = event.reason === driftDetected;
    const id = `warning/${applicationKey(application)}/${resourceKey(root)}/${event.reason}`;
    const known = grouped.get(id);
    const count = (known?.count ?? 0) + (event.count ?? 1);
    const since = earlier(known?.since, event.firstSeen ?? time);
    if (known !== undefined && Date.parse(known.time) >= Date.parse(time)) {
      grouped.set(id, { ...known, count, since });
      continue;
    }
    grouped.set(id, {
      id,
      time,
      kind: drifted ? "drift" : "failure",
      result: drifted ? "drifted" : "failed",
      what: event.reason,
      application: refOf(application),
      about,
      message: event.message,
      count,
      since,
    });
  }
  return [...grouped.values()];
}

/** The application of an object, found by itself or by its owners, and the object that the application names. */
export function owned(
  about: ResourceRef,
  owners: OwnerIndex,
  store: StoreReader,
): { application: Application; root: ResourceRef } | undefined {
  let ref = about;
  for (let step = 0; step < mostOwners; step++) {
    const key = resourceKey(ref);
    const application = owners.get(key);
    if (application !== undefined) return { application, root: ref };
    const owner = store.get(key)?.object.metadata.ownerReferences?.find(({ controller }) => controller === true);
    if (owner === undefined) return undefined;
    ref = {
      group: parseApiVersion(owner.apiVersion).group,
      kind: owner.kind,
      name: owner.name,
      ...(about.namespace !== undefined && { namespace: about.namespace }),
    };
  }
  return undefined;
}

/** Whether the row tells the same: its failed operation, of which the engine warns about its own object, or what has drifted. */
function isTold(application: Application, root: ResourceRef, { reason, message }: FoundEvent["event"]): boolean {
  const { operation, drift } = application;
  if (reason === driftDetected) return drift.status === "Drifted" && drift.top?.changedAt !== undefined;
  if (operation?.phase !== "Failed") return false;
  const own = unitRef(application);
  if (own !== undefined && resourceKey(own) === resourceKey(root)) return true;
  return operation.message !== undefined && operation.message !== "" && message.includes(operation.message);
}

function earlier(a: string | undefined, b: string): string {
  return a === undefined || Date.parse(b) < Date.parse(a) ? b : a;
}
