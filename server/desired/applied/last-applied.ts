import { isRecord } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";

const annotation = "kubectl.kubernetes.io/last-applied-configuration";

/** What client-side apply was last given for this object (masked, as the live object is); undefined where it keeps no such record. */
export function lastApplied(live: KubeObject): KubeObject | undefined {
  const text = live.metadata.annotations?.[annotation];
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value["apiVersion"] !== "string" || typeof value["kind"] !== "string")
    return undefined;
  const metadata = isRecord(value["metadata"]) ? value["metadata"] : {};
  // `generateName` and a namespace that came from the command line are not in it; the live object's name is the true one.
  const { name, namespace } = live.metadata;
  return {
    ...value,
    apiVersion: value["apiVersion"],
    kind: value["kind"],
    metadata: { ...metadata, name, ...(namespace === undefined ? {} : { namespace }) },
  };
}
