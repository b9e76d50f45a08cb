import { engineReaders } from "#server/engines/registry.ts";
import type { WatchedKind } from "#server/engines/engine.ts";
import type { GroupKind } from "#server/kube/store.ts";

/**
 * Kinds that most applications are made of and that explain their health. Everything else is watched from the moment an
 * inventory names it. Release records of Helm are left out here by selector: engines watch them by metadata alone.
 */
const workloadKinds: readonly WatchedKind[] = [
  { group: "apps", kind: "Deployment", depth: "full" },
  { group: "apps", kind: "StatefulSet", depth: "full" },
  { group: "apps", kind: "DaemonSet", depth: "full" },
  { group: "apps", kind: "ReplicaSet", depth: "full" },
  { group: "batch", kind: "Job", depth: "full" },
  { group: "batch", kind: "CronJob", depth: "full" },
  { group: "", kind: "Pod", depth: "full" },
  { group: "", kind: "Service", depth: "full" },
  { group: "", kind: "ConfigMap", depth: "full", labelSelector: "owner!=helm" },
  { group: "", kind: "Secret", depth: "full", fieldSelector: "type!=helm.sh/release.v1" },
  { group: "", kind: "PersistentVolumeClaim", depth: "full" },
  { group: "", kind: "ServiceAccount", depth: "full" },
  { group: "networking.k8s.io", kind: "Ingress", depth: "full" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler", depth: "full" },
  { group: "policy", kind: "PodDisruptionBudget", depth: "full" },
];

/** What a view watches from the start: what the engines ask for, and workloads. */
export const initialWatches: readonly WatchedKind[] = distinct([
  ...engineReaders.flatMap((reader) => reader.watches),
  ...workloadKinds,
]);

/** Kinds that are never watched for an inventory's sake: too many of them, or nothing to see. */
const unwatched = new Set([
  "/Event",
  "events.k8s.io/Event",
  "coordination.k8s.io/Lease",
  "/Endpoints",
  "discovery.k8s.io/EndpointSlice",
]);

/** How a kind is watched that an inventory names; undefined for kinds that are not. */
export function watchForInventory(kind: GroupKind): WatchedKind | undefined {
  if (unwatched.has(`${kind.group}/${kind.kind}`)) return undefined;
  return { group: kind.group, kind: kind.kind, depth: "full" };
}

/** One watch is the same as another when it asks for the same objects in the same depth. */
export function watchKey(watch: WatchedKind): string {
  return [watch.group, watch.kind, watch.depth, watch.labelSelector ?? "", watch.fieldSelector ?? ""].join("|");
}

function distinct(watches: readonly WatchedKind[]): WatchedKind[] {
  return [...new Map(watches.map((watch) => [watchKey(watch), watch])).values()];
}
