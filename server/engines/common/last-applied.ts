import type { KubeObject } from "#server/kube/object.ts";

/** Where client-side apply (kubectl's, and Argo CD's by default) keeps what it applied last; masked. */
const lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

/** Fingerprints by the annotations they are of: a unit is read again for each of its objects, and most of them are as before. */
const known = new WeakMap<object, string>();

/** A short fingerprint of what was applied last; undefined for an object that does not carry it (server-side apply). */
export function lastAppliedFingerprint({ metadata: { annotations } }: KubeObject): string | undefined {
  const annotation = annotations?.[lastAppliedAnnotation];
  if (annotations === undefined || annotation === undefined) return undefined;
  let print = known.get(annotations);
  if (print === undefined) known.set(annotations, (print = fingerprint(annotation)));
  return print;
}

// FNV-1a: tells texts apart without keeping them in a key; nothing depends on its strength.
function fingerprint(value: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index += 1)
    hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(36);
}
