import { apiError } from "#lib/api/errors.ts";
import { getIn } from "#lib/diff/json.ts";
import type { ActionRequest } from "#lib/model/action.ts";
import type { DiffObject } from "#lib/model/diff-object.ts";
import { formatRef, type ResourceRef, resourceKey } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { ActionContext, ActionHandler, Outcome, UnitContext } from "../action-handler.ts";
import { accessTo, patchObject, previewPatch, readRaw, type Patch } from "../object-io.ts";
import { sentenceList } from "../words.ts";

const kinds = new Set(["Deployment", "StatefulSet", "DaemonSet"]);

/** Replaces the pods of workloads one by one, as `kubectl rollout restart` does. Without named resources: of all the unit's workloads. */
export const restart: ActionHandler = {
  access: (context, request) =>
    unique(workloadsOf(context, request)).map((ref) =>
      accessTo(context.io, "patch", { group: ref.group, kind: ref.kind }, ref.namespace),
    ),
  refusal: (context) =>
    workloadsOf(context).length === 0 ? "it has no Deployment, StatefulSet or DaemonSet" : undefined,

  async preview(context): Promise<Outcome> {
    const refs = chosen(context);
    const patch = restartPatch(context.now());
    const changes: DiffObject[] = [];
    const warnings: string[] = [];
    for (const ref of refs) {
      const before = await readRaw(context.io, ref);
      warnings.push(...warningsOf(ref, before));
      changes.push(...(await previewPatch(context.io, ref, before, patch)));
    }
    return {
      message: `The pods of ${sentenceList(refs.map(formatRef))} would be replaced one after the other.`,
      warnings,
      changes,
    };
  },

  async perform(context): Promise<Outcome> {
    const refs = chosen(context);
    const patch = restartPatch(context.now());
    const befores = await Promise.all(refs.map((ref) => readRaw(context.io, ref)));
    const warnings = befores.flatMap((before, index) => (refs[index] ? warningsOf(refs[index], before) : []));
    const restarted: string[] = [];
    for (const ref of refs) {
      try {
        await patchObject(context.io, ref, patch);
      } catch (error) {
        if (restarted.length === 0) throw error;
        const detail = error instanceof Error ? error.message : "";
        throw apiError(422, "partly-done", `${sentenceList(restarted)} restarted, but ${formatRef(ref)} did not.`, {
          detail,
        });
      }
      restarted.push(formatRef(ref));
    }
    return { message: `A restart of ${sentenceList(restarted)} was requested.`, warnings };
  },
};

/** The change that makes a controller replace its pods (kubectl `pkg/polymorphichelpers/objectrestarter.go`). */
export function restartPatch(now: string): Patch {
  const annotations = { "kubectl.kubernetes.io/restartedAt": now };
  return { type: "strategic", body: { spec: { template: { metadata: { annotations } } } } };
}

/** The workloads that can be restarted: the unit's own, and of these the named ones. */
function workloadsOf({ reading }: UnitContext, request?: ActionRequest): ResourceRef[] {
  const own = reading.inventory
    .filter(({ ref, hook, remote }) => ref.group === "apps" && kinds.has(ref.kind) && hook !== true && remote !== true)
    .map(({ ref }) => ref);
  const named = request?.resources;
  if (named === undefined || named.length === 0) return own;
  const keys = new Set(named.map(resourceKey));
  return own.filter((ref) => keys.has(resourceKey(ref)));
}

function chosen(context: ActionContext): ResourceRef[] {
  const refs = workloadsOf(context, context.request);
  const named = context.request.resources;
  if (refs.length === 0 || (named !== undefined && named.length > refs.length)) {
    throw apiError(
      422,
      "invalid",
      "Only the application's own Deployments, StatefulSets and DaemonSets can be restarted.",
    );
  }
  return refs;
}

function warningsOf(ref: ResourceRef, object: KubeObject): string[] {
  // kubectl refuses this too.
  if (getIn(object, "spec", "paused") === true)
    throw apiError(422, "invalid", `${formatRef(ref)} is paused: resume its rollout first.`);
  const onDelete = getIn(object, "spec", "updateStrategy", "type") === "OnDelete";
  return onDelete ? [`${formatRef(ref)} replaces its pods only when they are deleted (OnDelete).`] : [];
}

function unique(refs: readonly ResourceRef[]): ResourceRef[] {
  return [...new Map(refs.map((ref) => [`${ref.kind}/${ref.namespace ?? ""}`, ref])).values()];
}
