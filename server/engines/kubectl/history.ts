import type { ApplicationRef } from "#lib/model/application.ts";
import { at, count, fields } from "#lib/model/health/fields.ts";
import type { Revision } from "#lib/model/revision.ts";
import type { StoredObject, StoreReader } from "#server/kube/store.ts";
import { formatRolloutId } from "../common/rollout-id.ts";
import { currentChildren, rolloutRevision } from "../descend.ts";
import type { ReadContext } from "../engine.ts";
import { imagesOf } from "../resource-summary.ts";
import { membersOf } from "./group.ts";

/** The rollouts of all workloads of a group, newest first: ReplicaSets for Deployments, ControllerRevisions for the others. */
export function groupHistory(unit: ApplicationRef, { store }: ReadContext): Revision[] | undefined {
  const { workloads } = membersOf(unit, store);
  if (workloads.length === 0) return undefined;
  return workloads
    .flatMap((workload) => rolloutsOf(workload, store, workloads.length > 1))
    .sort(
      (a, b) =>
        (b.deployedAt ?? "").localeCompare(a.deployedAt ?? "") ||
        b.id.localeCompare(a.id, undefined, { numeric: true }),
    );
}

function rolloutsOf(workload: StoredObject, store: StoreReader, several: boolean): Revision[] {
  const { kind, name } = workload.ref;
  if (kind !== "Deployment" && kind !== "StatefulSet" && kind !== "DaemonSet") return [];
  const childKind = kind === "Deployment" ? "ReplicaSet" : "ControllerRevision";
  const children = [...store.children(workload.uid)].filter((child) => child.ref.kind === childKind);
  const current =
    kind === "Deployment"
      ? currentChildren(workload, store).find((child) => child.ref.kind === childKind)
      : newestOf(children);
  return children.map((child): Revision => {
    const revision = revisionOf(child);
    const isCurrent = child === current;
    const createdAt = child.object.metadata.creationTimestamp;
    const images = imagesOf(
      kind === "Deployment" ? fields(child.object["spec"]) : fields(at(child.object, ["data", "spec"])),
    );
    const cause = child.object.metadata.annotations?.["kubernetes.io/change-cause"];
    const message = [cause, images.join(", ")].filter((part) => part !== undefined && part !== "").join(" · ");
    const whyNot = isCurrent
      ? "this revision runs now"
      : workload.object["spec"] !== undefined && fields(workload.object["spec"])["paused"] === true
        ? "the Deployment is paused: resume it first"
        : undefined;
    return {
      id: formatRolloutId({ kind, name, revision }),
      revision: several ? `${name} ${revision}` : String(revision),
      current: isCurrent,
      restorable: whyNot === undefined,
      ...(whyNot !== undefined && { whyNot }),
      ...(createdAt !== undefined && { deployedAt: createdAt }),
      ...(message !== "" && { message }),
      comparable: true,
    };
  });
}

function revisionOf(child: StoredObject): number {
  return child.ref.kind === "ReplicaSet" ? rolloutRevision(child) : count(child.object["revision"]);
}

function newestOf(revisions: readonly StoredObject[]): StoredObject | undefined {
  let newest: StoredObject | undefined;
  for (const revision of revisions)
    if (newest === undefined || revisionOf(revision) > revisionOf(newest)) newest = revision;
  return newest;
}
