import { count, fields } from "#lib/model/health/fields.ts";
import { type Health, judgeHealth } from "#lib/model/health.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";

/** An object below a resource that is in trouble, with words that name it. */
export interface Trouble {
  readonly object: StoredObject;
  readonly health: Health;
  /** It says more than "not ready yet", which the workload's own counts say better. */
  readonly specific: boolean;
}

const maxDepth = 4;
// A namespace with thousands of Pods below one owner must not make a verdict slow; the first troubled one tells enough.
const maxChildren = 200;

/**
 * The deepest object below `owner` that is Degraded, or else one that is Progressing and says why. Children are no engine's
 * resources: they are judged by Argo CD's rules, which call an image that can't be pulled Degraded.
 */
export function troubledDescendant(owner: StoredObject, store: StoreReader): Trouble | undefined {
  return search(owner, owner, store, 0);
}

function search(root: StoredObject, owner: StoredObject, store: StoreReader, depth: number): Trouble | undefined {
  if (depth >= maxDepth) return undefined;
  let best: Trouble | undefined;
  for (const child of currentChildren(owner, store)) {
    const own = judgeHealth(child.object);
    const fine = own.status === "Healthy" || own.status === "Suspended";
    // A ReplicaSet's own counts lag behind its Pods, so a fine one is looked through as well.
    const deeper = fine && child.ref.kind === "Pod" ? undefined : search(root, child, store, depth + 1);
    if (fine && deeper === undefined) continue;
    const found = deeper ?? describe(root, child, own);
    if (found.health.status === "Degraded") return found;
    if (best === undefined || (found.specific && !best.specific)) best = found;
  }
  return best;
}

/**
 * The children whose state counts: of a Deployment only the newest ReplicaSet's, because the Pods of an older one
 * are on their way out.
 */
export function currentChildren(owner: StoredObject, store: StoreReader): StoredObject[] {
  const children: StoredObject[] = [];
  for (const child of store.children(owner.uid)) {
    children.push(child);
    if (children.length >= maxChildren) break;
  }
  if (owner.ref.kind !== "Deployment") return children;
  let newest: StoredObject | undefined;
  for (const child of children) {
    if (child.ref.kind === "ReplicaSet" && (newest === undefined || rolloutRevision(child) > rolloutRevision(newest)))
      newest = child;
  }
  return children.filter((child) => child.ref.kind !== "ReplicaSet" || child === newest);
}

/** The number that a Deployment gave to a ReplicaSet. */
export function rolloutRevision(replicaSet: StoredObject): number {
  return count(fields(replicaSet.object.metadata.annotations)["deployment.kubernetes.io/revision"]);
}

// The kubelet says it three times: Back-off pulling image "X": ErrImagePull: failed to resolve reference: X: not found.
const pullFailure = /(?:Back-off pulling image|Failed to pull image) "([^"]+)"(?::.*?([^:]+))?$/;

/** Puts the workload's name before a container's where the two differ: "backend/app: CrashLoopBackOff, exit 1". */
function describe(root: StoredObject, child: StoredObject, health: Health): Trouble {
  const said = health.message ?? health.reason;
  const message = said?.replace(pullFailure, (_all, image: string, why: string | undefined) =>
    why === undefined ? image : `${image}: ${why.trim()}`,
  );
  const specific = health.status === "Degraded" || health.reason === "Unschedulable";
  if (message === undefined)
    return {
      object: child,
      health: { ...health, message: `${child.ref.kind} ${child.ref.name} is ${health.status}` },
      specific,
    };
  const container = child.ref.kind === "Pod" ? /^([a-z0-9-]+): /.exec(message)?.[1] : undefined;
  if (container === undefined)
    return { object: child, health: { ...health, message: `${child.ref.name}: ${message}` }, specific };
  return {
    object: child,
    health: { ...health, message: container === root.ref.name ? message : `${root.ref.name}/${message}` },
    specific: true,
  };
}
