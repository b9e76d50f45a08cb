import type { ApplicationRef } from "#lib/model/application.ts";
import { fields, text } from "#lib/model/health/fields.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import { readHold } from "../common/hold.ts";
import { lastAppliedFingerprint } from "../common/last-applied.ts";
import { healthOf, identityOf, reasonsOf, syncOf, unjudgedDrift } from "../common/row.ts";
import { rolloutRevision } from "../descend.ts";
import type { ReadContext, Reading } from "../engine.ts";
import { imagesOf } from "../resource-summary.ts";
import { rollUp } from "../roll-up.ts";
import { membersOf } from "./group.ts";

/** Reads one group of objects that kubectl applied. It has no source that could be ahead: what was applied last is what is wanted. */
export function readGroup(unit: ApplicationRef, { cluster, store }: ReadContext): Reading | undefined {
  const { workloads, companions } = membersOf(unit, store);
  const first = workloads[0];
  if (first === undefined) return undefined;
  const members = [...workloads, ...companions];
  const inventory = members.map(({ ref }) => ({ ref }));
  const sum = rollUp(inventory, store, { source: "kstatus" });
  const suspended = workloads.every(isPaused);
  const health =
    suspended && sum.health.status !== "Degraded"
      ? healthOf("Suspended", "Suspended", pausedWords(workloads))
      : sum.health;
  const sync = syncOf("Synced");
  const hold = members.map(({ object }) => readHold(object)).find((found) => found !== undefined);
  const deployedAt = lastRollout(workloads, store);
  const applied = appliedRevision(workloads);
  return {
    application: {
      ...identityOf(unit, cluster, first),
      createdAt: workloads.map(createdAt).reduce((a, b) => (a < b ? a : b)),
      health,
      sync,
      drift: unjudgedDrift(),
      suspended,
      revision: applied === undefined ? {} : { applied },
      sources: [{ kind: members.some(isServerSide) ? "kubectl apply --server-side" : "kubectl apply" }],
      resources: sum.counts,
      reasons: reasonsOf(health, sync, [], sum),
      ...(hold !== undefined && { hold }),
      ...(deployedAt !== undefined && { lastDeployedAt: deployedAt }),
    },
    inventory,
    dependsOn: [],
    // Client-side apply leaves what it applied on the object; after a server-side apply any change of the spec may be one.
    desiredKey: members
      .map(
        ({ uid, object, resourceVersion }) =>
          `${uid}@${lastAppliedFingerprint(object) ?? object.metadata.generation ?? resourceVersion}`,
      )
      .join("|"),
  };
}

function isPaused({ ref, object }: StoredObject): boolean {
  const spec = fields(object["spec"]);
  return ref.kind === "CronJob" ? spec["suspend"] === true : spec["paused"] === true;
}

function pausedWords(workloads: readonly StoredObject[]): string {
  const names = workloads.map(({ ref }) => `${ref.kind}/${ref.name}`).join(", ");
  return `${names} ${workloads.length === 1 ? "is" : "are"} paused`;
}

function isServerSide({ object }: StoredObject): boolean {
  return lastAppliedFingerprint(object) === undefined;
}

/** What runs: the image tag when all workloads share one, else the rollout's number when there is one Deployment. */
function appliedRevision(workloads: readonly StoredObject[]): string | undefined {
  const images = new Set(workloads.flatMap(({ object }) => imagesOf(fields(object["spec"]))));
  const tags = new Set([...images].map((image) => image.split(/[:@]/)[1] ?? ""));
  const [tag] = tags;
  if (tags.size === 1 && tag !== undefined && tag !== "") return tag;
  const [only] = workloads;
  return workloads.length === 1 && only?.ref.kind === "Deployment" && rolloutRevision(only) > 0
    ? String(rolloutRevision(only))
    : undefined;
}

/** When a Pod template was rolled out last: the newest ReplicaSet's or ControllerRevision's time, else the newest workload's. */
function lastRollout(workloads: readonly StoredObject[], store: StoreReader): string | undefined {
  let newest: string | undefined;
  for (const workload of workloads) {
    let rollout: string | undefined;
    for (const child of store.children(workload.uid)) {
      if (child.ref.kind !== "ReplicaSet" && child.ref.kind !== "ControllerRevision") continue;
      const at = createdAt(child);
      if (at !== "" && (rollout === undefined || at > rollout)) rollout = at;
    }
    const at = rollout ?? createdAt(workload);
    if (at !== "" && (newest === undefined || at > newest)) newest = at;
  }
  return newest;
}

function createdAt({ object }: StoredObject): string {
  return text(object.metadata.creationTimestamp);
}
