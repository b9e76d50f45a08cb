import type { KubeObject } from "#server/kube/object.ts";

/** Where client-side apply (kubectl's, and Argo CD's by default) keeps what it applied last; masked. */
const lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

/** A short fingerprint of what was applied last; undefined for an object that does not carry it (server-side apply). */
export function lastAppliedFingerprint({ metadata }: KubeObject): string | undefined {
  const annotation = metadata.annotations?.[lastAppliedAnnotation];
  return annotation === undefined ? undefined : fingerprint(annotation);
}

// FNV-1a: tells texts apart without keeping them in a key; nothing depends on its strength.
function fingerprint(value: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index += 1)
    hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(36);
}
