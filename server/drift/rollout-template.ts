import { getIn, isRecord } from "#lib/diff/json.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import { formatRef, resourceKey } from "#lib/model/resource-ref.ts";
import { DesiredFault } from "#server/desired/fault.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { parseRolloutId } from "#server/engines/common/rollout-id.ts";
import type { StoredObject } from "#server/kube/store.ts";
import type { UnitState } from "./unit-state.ts";

/**
 * The pod template of one rollout of a workload, in the form of that workload: of the ReplicaSet, or of the ControllerRevision's patch.
 * @throws DesiredFault when there is no such rollout (any more)
 */
export function rolloutTemplate(unit: ApplicationRef, id: string, { store }: Pick<EngineIo, "store">): UnitState {
  const rollout = parseRolloutId(id);
  if (!rollout) throw new DesiredFault(`${JSON.stringify(id)} is no rollout of a workload.`);
  const { kind, name, revision } = rollout;
  const workload = store.get(resourceKey({ group: "apps", kind, namespace: unit.namespace, name }));
  const child = workload && [...store.children(workload.uid)].find((each) => revisionOf(each) === revision);
  const template = child && withoutMarks(templateOf(child));
  if (!isRecord(template))
    throw new DesiredFault(`There is no revision ${revision} of ${formatRef({ kind, name })} (any more).`);
  const object = {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, namespace: unit.namespace },
    spec: { template },
  };
  return { state: { key: id, objects: [{ object }], exactness: "local" }, documents: [], partial: true };
}

/** The number of a rollout: the Deployment controller's annotation, or the ControllerRevision's own field. */
function revisionOf({ ref, object }: StoredObject): number | undefined {
  if (ref.kind === "ReplicaSet") return Number(object.metadata.annotations?.["deployment.kubernetes.io/revision"]);
  return ref.kind === "ControllerRevision" ? Number(object["revision"]) : undefined;
}

function templateOf({ ref, object }: StoredObject): unknown {
  return ref.kind === "ReplicaSet" ? getIn(object, "spec", "template") : getIn(object, "data", "spec", "template");
}

/** A template without what controllers add to it. */
function withoutMarks(template: unknown): unknown {
  if (!isRecord(template)) return undefined;
  const { $patch: _patch, metadata, ...rest } = template;
  if (!isRecord(metadata)) return rest;
  const { creationTimestamp: _created, labels, ...kept } = metadata;
  const { "pod-template-hash": _hash, ...own } = isRecord(labels) ? labels : {};
  return { ...rest, metadata: { ...kept, labels: own } };
}
