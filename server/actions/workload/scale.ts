import { apiError } from "#lib/api/errors.ts";
import { diffPair } from "#lib/diff/object-diff.ts";
import { getIn } from "#lib/diff/json.ts";
import { formatRef, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { EngineIo } from "#server/desired/io.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { accessTo, fieldManager, pathOf } from "../object-io.ts";
import { undoneBy } from "../undone-by.ts";
import type { ResourceActionHandler, ResourceContext } from "./resource-action.ts";

const kinds = new Set(["Deployment", "StatefulSet", "ReplicaSet"]);
const autoscalers = { group: "autoscaling", kind: "HorizontalPodAutoscaler" } as const;

/** Sets how many pods a workload has, through its `scale` subresource, as `kubectl scale` does. */
export const scale: ResourceActionHandler = {
  offered: (ref) => ref.group === "apps" && kinds.has(ref.kind),
  access: (io, ref) => [
    { ...accessTo(io, "patch", { group: ref.group, kind: ref.kind }, ref.namespace), subresource: "scale" },
  ],
  refusal(ref, object) {
    const owner = controllerOf(object);
    if (ref.kind === "ReplicaSet" && owner !== undefined) return `${owner} sets its replicas: scale that instead`;
    return undefined;
  },
  async preview(context) {
    const { io, ref, object } = context;
    const replicas = wanted(context);
    await patchScale(context, replicas, true);
    const after = { ...object, spec: { ...(getIn(object, "spec") as object), replicas } };
    const pair = diffPair(io.masker.maskObject(object), io.masker.maskObject(after));
    return {
      message:
        replicas === replicasOf(object)
          ? `${formatRef(ref)} has ${podsWord(replicas)} already.`
          : `${formatRef(ref)} would have ${podsWord(replicas)} instead of ${replicasOf(object)}.`,
      warnings: warningsOf(context, replicas),
      changes: pair && pair.change !== "unchanged" ? [{ ...pair, exactness: "dry-run" }] : [],
    };
  },
  async perform(context) {
    const replicas = wanted(context);
    await patchScale(context, replicas, false);
    return {
      message: `${formatRef(context.ref)} was asked to have ${podsWord(replicas)}.`,
      warnings: warningsOf(context, replicas),
      from: String(replicasOf(context.object)),
      to: String(replicas),
    };
  },
};

async function patchScale({ io, ref }: ResourceContext, replicas: number, dryRun: boolean): Promise<void> {
  await io.client.request({
    method: "PATCH",
    path: `${pathOf(io, ref)}/scale`,
    query: { fieldManager, ...(dryRun && { dryRun: "All" }) },
    contentType: "application/merge-patch+json",
    body: { spec: { replicas } },
  });
}

function wanted({ request }: ResourceContext): number {
  if (request.replicas !== undefined) return request.replicas;
  throw apiError(422, "invalid", "Scaling needs `replicas`: how many pods there shall be.");
}

/** What would work against it, and what it means. */
function warningsOf({ io, ref, object }: ResourceContext, replicas: number): string[] {
  const scaled = autoscalerOf(io, ref);
  const undone = undoneBy(object, ["spec", "replicas"], undefined);
  return [
    ...(replicas === 0 ? [`${formatRef(ref)} has no pods any more until it is scaled up again.`] : []),
    ...(scaled !== undefined && replicas > 0
      ? [`HorizontalPodAutoscaler ${scaled} sets the replicas too and will change them again.`]
      : []),
    ...(undone !== undefined ? [undone] : []),
  ];
}

function autoscalerOf({ store }: EngineIo, { kind, name, namespace }: ResourceRef): string | undefined {
  for (const { ref, object } of store.list(autoscalers, namespace)) {
    if (getIn(object, "spec", "scaleTargetRef", "kind") !== kind) continue;
    if (getIn(object, "spec", "scaleTargetRef", "name") === name) return ref.name;
  }
  return undefined;
}

/** The controller that owns an object, as people write it. */
export function controllerOf(object: KubeObject): string | undefined {
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
  return owner && `${owner.kind} ${owner.name}`;
}

function replicasOf(object: KubeObject): number {
  const replicas = getIn(object, "spec", "replicas");
  // Absent means one: the API server's default.
  return typeof replicas === "number" ? replicas : 1;
}

function podsWord(count: number): string {
  return count === 1 ? "1 pod" : `${count} pods`;
}
