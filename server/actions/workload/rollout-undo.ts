import { apiError } from "#lib/api/errors.ts";
import { getIn, isRecord } from "#lib/diff/json.ts";
import { formatRef, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import { parseRolloutId } from "#server/engines/common/rollout-id.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { nameArgument, numberArgument } from "#server/tools/argument.ts";
import type { ActionContext, ActionHandler, Outcome } from "../action-handler.ts";
import { accessTo, previewPatch, readRaw } from "../object-io.ts";
import { kubectlMissing, runKubectl, workloadLock } from "./kubectl.ts";

const kinds = new Set(["Deployment", "StatefulSet", "DaemonSet"]);

/** Goes back to an earlier pod template of one workload, as `kubectl rollout undo --to-revision` does, by the real program. */
export const rolloutUndo: ActionHandler = {
  access: ({ io, reading }) =>
    [...new Set(reading.inventory.filter(({ ref }) => kinds.has(ref.kind)).map(({ ref }) => ref.kind))].map((kind) =>
      accessTo(io, "patch", { group: "apps", kind }, reading.application.namespace),
    ),
  async refusal(context) {
    if (!context.reading.inventory.some(({ ref }) => kinds.has(ref.kind)))
      return "it has no Deployment, StatefulSet or DaemonSet";
    return await kubectlMissing(context);
  },
  lock: workloadLock,

  async preview(context): Promise<Outcome> {
    const { ref, revision } = targetOf(context);
    const before = await readRaw(context.io, ref);
    const template = await templateOf(context, ref, before, revision);
    const changes = await previewPatch(context.io, ref, before, {
      type: "json",
      body: [{ op: "replace", path: "/spec/template", value: template }],
    });
    const what =
      changes.length === 0 ? "its pod template is the same" : "its pods would be replaced one after the other";
    return {
      message: `${formatRef(ref)} would go back to revision ${revision}: ${what}.`,
      changes,
      to: String(revision),
    };
  },

  async perform(context): Promise<Outcome> {
    const { ref, revision } = targetOf(context);
    const workload = `${ref.kind.toLowerCase()}/${nameArgument(ref.name)}`;
    await runKubectl(context, [
      "rollout",
      "undo",
      workload,
      `--to-revision=${numberArgument(revision)}`,
      `--namespace=${nameArgument(ref.namespace ?? "")}`,
    ]);
    return {
      message: `${formatRef(ref)} goes back to revision ${revision}.`,
      warnings: ["What was applied last still says otherwise: the next kubectl apply brings it back."],
      to: String(revision),
    };
  },
};

function targetOf({ request, reading }: ActionContext): { ref: ResourceRef; revision: number } {
  const id = request.revision === undefined ? undefined : parseRolloutId(request.revision);
  const ref =
    id &&
    reading.inventory.find((item) => item.ref.kind === id.kind && item.ref.name === id.name && kinds.has(id.kind))?.ref;
  if (!id || !ref)
    throw apiError(422, "invalid", "Say which revision of which workload to go back to.", {
      hint: "Choose one from the history.",
    });
  return { ref, revision: id.revision };
}

/** The pod template of a revision: of the ReplicaSet, or of the ControllerRevision's patch. */
async function templateOf(
  { io, view }: ActionContext,
  ref: ResourceRef,
  workload: KubeObject,
  revision: number,
): Promise<unknown> {
  const childKind = ref.kind === "Deployment" ? "ReplicaSet" : "ControllerRevision";
  for (const child of view.store.children(workload.metadata.uid ?? "")) {
    if (child.ref.kind !== childKind) continue;
    const raw = await readRaw(io, child.ref);
    const number =
      childKind === "ReplicaSet"
        ? Number(raw.metadata.annotations?.["deployment.kubernetes.io/revision"])
        : raw["revision"];
    if (number !== revision) continue;
    return withoutMarks(
      childKind === "ReplicaSet" ? getIn(raw, "spec", "template") : getIn(raw, "data", "spec", "template"),
    );
  }
  throw apiError(422, "invalid", `There is no revision ${revision} of ${resourceKey(ref)} (any more).`);
}

/** A template without what controllers add to it. */
function withoutMarks(template: unknown): unknown {
  if (!isRecord(template)) return template;
  const { $patch: _patch, metadata, ...rest } = template;
  if (!isRecord(metadata)) return rest;
  const { "pod-template-hash": _hash, ...labels } = isRecord(metadata["labels"]) ? metadata["labels"] : {};
  return { ...rest, metadata: { ...metadata, labels } };
}
