import { isRecord } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";

/**
 * A ConfigMap without the values of Secrets that are known from elsewhere (those of the same Helm release); other objects as they are, because
 * a dry run has to see them as they were applied. Desired and live are both put through it, so that they stay comparable.
 */
export function scrubConfigMap(object: KubeObject, scrub: ((text: string) => string) | undefined): KubeObject {
  if (!scrub || object.kind !== "ConfigMap" || !isRecord(object["data"])) return object;
  const data = Object.fromEntries(
    Object.entries(object["data"]).map(([key, value]) => [key, typeof value === "string" ? scrub(value) : value]),
  );
  return { ...object, data };
}
