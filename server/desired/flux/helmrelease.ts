import { getIn } from "#lib/diff/json.ts";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { KubeObject } from "#server/kube/object.ts";
import type { DesiredState } from "../desired-state.ts";
import { excludedBy } from "../exclusions.ts";
import type { EngineIo } from "../io.ts";
import { loadRelease } from "../helm/load.ts";
import { ignoredPaths, parseIgnoreRules } from "./ignore-rules.ts";
import { DesiredFault } from "../fault.ts";

/**
 * The desired state of a HelmRelease: the manifest of the revision that Helm calls deployed, with `spec.driftDetection.ignore`.
 * @throws DesiredFault, ReleaseDecodeError, KubeError
 */
export async function loadHelmRelease(
  unit: ApplicationRef,
  helmRelease: KubeObject,
  key: string,
  io: EngineIo,
): Promise<DesiredState> {
  if (getIn(helmRelease, "spec", "kubeConfig") !== undefined) {
    throw new DesiredFault("It applies to another cluster (spec.kubeConfig), which Driftglass does not read.");
  }
  const state = await loadRelease(unit, key, io);
  const rules = parseIgnoreRules(getIn(helmRelease, "spec", "driftDetection", "ignore"));
  return {
    ...state,
    objects: state.objects.map((desired) => {
      const ignore = ignoredPaths(desired.object, rules);
      const skip = excludedBy(desired.object) ?? (ignore.includes("") ? "spec.driftDetection.ignore" : undefined);
      return { ...desired, ...(skip === undefined ? {} : { skip }), ...(ignore.length > 0 ? { ignore } : {}) };
    }),
  };
}
