import { refOf } from "#lib/diff/manifest-object.ts";
import { formatRef, resourceKey, type ResourceRef } from "#lib/model/resource-ref.ts";
import type { KubeObject } from "#server/kube/object.ts";
import { ignoreRules, type IgnoreRules } from "../argocd/ignore-rules.ts";
import type { DesiredObject, DesiredState } from "../desired-state.ts";
import { DesiredFault } from "../fault.ts";
import type { EngineIo } from "../io.ts";
import { KubeError } from "#server/kube/client.ts";
import { readObject } from "#server/kube/read.ts";
import { Semaphore } from "#server/tools/semaphore.ts";
import { lastApplied } from "./last-applied.ts";
import { appliedFields } from "./managed-fields.ts";

/**
 * The desired state of what `kubectl apply` or Argo CD applied: what the live objects' own annotation says was applied last. Server-side apply keeps no
 * such record: of kubectl's, what its managed fields tell stands for it (see {@link appliedFields}); Argo CD's are left out.
 * `application` is Argo CD's, whose `ignoreDifferences` count.
 * @throws DesiredFault when no object has a record
 */
export async function loadLastApplied(
  resources: readonly ResourceRef[],
  application: KubeObject | undefined,
  key: string,
  io: EngineIo,
  signal?: AbortSignal,
): Promise<DesiredState> {
  const turns = new Semaphore(4);
  const found = await Promise.all(
    resources.map(async (ref): Promise<DesiredObject[]> => {
      const live = io.store.get(resourceKey(ref))?.object;
      const object = live && lastApplied(live);
      if (object)
        return [application ? withRules(object, ignoreRules(application, refOf(object), io.store)) : { object }];
      if (!live || application) return [];
      return await turns.run(async () => await fromManagedFields(ref, io, signal), signal);
    }),
  );
  const objects = found.flat();
  if (objects.length === 0) {
    throw new DesiredFault(
      application
        ? "The desired manifests are not in the Kubernetes API: no resource carries what was last applied (server-side apply keeps no record)."
        : "No resource carries what was last applied (kubectl apply --server-side keeps no record), so there is nothing to compare with.",
    );
  }
  return { key, objects, exactness: "local" };
}

/** The store keeps no managed fields, so the object is asked for. */
async function fromManagedFields(
  ref: ResourceRef,
  io: EngineIo,
  signal: AbortSignal | undefined,
): Promise<DesiredObject[]> {
  try {
    const applied = appliedFields(await readObject(io.client, io.discovery, io.masker, ref, signal));
    if (applied === undefined) return [];
    const [first] = applied.taken;
    if (first === undefined) return [{ object: applied.object }];
    const others = applied.taken.flatMap(({ fields }) => fields).length - 1;
    const what = `${first.fields[0] ?? ""}${others > 0 ? ` and ${others} more` : ""}`;
    return [
      {
        object: applied.object,
        unjudged: `${what} of ${formatRef(ref)} was written by ${first.manager} after kubectl apply --server-side, which keeps no record of what it applied there`,
      },
    ];
  } catch (error) {
    if (error instanceof KubeError && (error.status === 403 || error.status === 404)) return [];
    throw error;
  }
}

/** What Argo CD ignores is not judged, and neither is what it may ignore by a rule that can't be evaluated here. */
function withRules(object: KubeObject, { pointers, managers, unknown, anything }: IgnoreRules): DesiredObject {
  const rules = unknown.length === 0 ? undefined : `a jq rule can't be evaluated here: ${unknown.join("; ")}`;
  return {
    object,
    ...(pointers.length > 0 && { ignore: pointers }),
    ...(managers.length > 0 && { ignoreManagers: managers }),
    ...(rules !== undefined && (anything ? { skip: rules } : { unknown: rules })),
  };
}
