import type { HealthStatus } from "#lib/model/health-status.ts";
import { healthRank } from "#lib/model/health-status.ts";
import { type Health, type HealthSource, judgeHealth } from "#lib/model/health.ts";
import { formatRef, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import { troubledDescendant } from "./descend.ts";
import type { InventoryItem } from "./engine.ts";

/** How one resource is, and what causes it. */
export interface ResourceVerdict {
  readonly health: Health;
  /** The deepest object that causes it; the resource itself unless a child is to blame. */
  readonly cause: ResourceRef;
  readonly live: "yes" | "no" | "unknown";
  readonly object?: StoredObject;
}

/**
 * Judges one resource of an inventory by the rules of its engine.
 *
 * Under kstatus (Flux, Helm, kubectl) a resource that is Progressing while an object below it is Degraded is Degraded, because
 * a crash loop needs a person and kstatus alone would say "in progress" for ever. Under Argo CD's rules the word stays the engine's own
 * and the object below only gives the words.
 */
export function judgeResource(item: InventoryItem, store: StoreReader, source: HealthSource): ResourceVerdict {
  if (item.remote === true)
    return absent(
      item,
      "unknown",
      item.health ?? { status: "Unknown", reason: "Remote", message: "lives in another cluster" },
    );
  const object = store.get(resourceKey(item.ref));
  if (object === undefined) return judgeAbsent(item, store);
  const health = judgeHealth(object.object, { source });
  if (health.status !== "Progressing" && health.status !== "Degraded")
    return { health, cause: object.ref, live: "yes", object };
  const trouble = troubledDescendant(object, store);
  if (trouble === undefined || !trouble.specific) return { health, cause: object.ref, live: "yes", object };
  const worse = trouble.health.status === "Degraded" && source === "kstatus";
  return {
    health: { ...trouble.health, status: worse ? "Degraded" : health.status },
    cause: trouble.object.ref,
    live: "yes",
    object,
  };
}

/** What is not in the store is Missing only where the store would have it. */
function judgeAbsent(item: InventoryItem, store: StoreReader): ResourceVerdict {
  const { group, kind, namespace } = item.ref;
  const state = store.kindState({ group, kind });
  const where = namespace === undefined ? "" : ` in ${namespace}`;
  const unreadable = (reason: string, message: string): ResourceVerdict =>
    absent(item, "unknown", item.health ?? { status: "Unknown", reason, message });
  switch (state.state) {
    case "absent":
      return absent(
        item,
        "no",
        missing("KindMissing", `the cluster has no kind ${kind}${group === "" ? "" : ` (${group})`}`),
      );
    case "namespaces":
      if (namespace !== undefined && state.namespaces.includes(namespace)) break;
      return unreadable("Forbidden", `no permission to read ${plural(kind)}${where}`);
    case "forbidden":
      return unreadable("Forbidden", `no permission to read ${plural(kind)}${where}`);
    case "syncing":
      return unreadable("Loading", `${plural(kind)} are still being listed`);
    case "disconnected":
      return unreadable("Disconnected", state.message);
    case "synced":
      break;
  }
  return absent(item, "no", missing("Missing", `${formatRef(item.ref)} is not in the cluster`));
}

function missing(reason: string, message: string): Health {
  return { status: "Missing", reason, message };
}

function absent(item: InventoryItem, live: "no" | "unknown", health: Health): ResourceVerdict {
  return { health, cause: item.ref, live };
}

/** `ConfigMap` → `ConfigMaps`, `Ingress` → `Ingresses`, `NetworkPolicy` → `NetworkPolicies`. */
export function plural(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return /(?:s|x|ch)$/.test(kind) ? `${kind}es` : `${kind}s`;
}

/** Whether a verdict is worse than another. */
export function isWorse(a: HealthStatus, b: HealthStatus): boolean {
  return healthRank(a) > healthRank(b);
}
