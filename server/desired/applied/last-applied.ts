import { isRecord } from "#lib/diff/json.ts";
import type { KubeObject } from "#server/kube/object.ts";

const annotation = "kubectl.kubernetes.io/last-applied-configuration";

/** By the annotations that they stand in: several units may be about one object, and are judged again each time that one of their objects changes. */
const known = new WeakMap<object, KubeObject>();

/** What client-side apply was last given for this object (masked, as the live object is); undefined where it keeps no such record. */
export function lastApplied(live: KubeObject): KubeObject | undefined {
  const { annotations } = live.metadata;
  const text = annotations?.[annotation];
  if (annotations === undefined || text === undefined) return undefined;
  const parsed = known.get(annotations) ?? parse(text, live);
  if (parsed) known.set(annotations, parsed);
  return parsed;
}

function parse(text: string, live: KubeObject): KubeObject | undefined {
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
