/** Any object, as far as its address is concerned. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** Path of an object in the Kubernetes API, with the regular English plural that all kinds used here follow. */
export function resourcePath({ apiVersion, kind, metadata }: KubernetesObject): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = metadata.namespace ? `/namespaces/${encodeURIComponent(metadata.namespace)}` : "";
  return `${root}${namespace}/${plural(kind)}/${encodeURIComponent(metadata.name)}`;
}

function plural(kind: string): string {
  const word = kind.toLowerCase();
  if (word.endsWith("y")) return `${word.slice(0, -1)}ies`;
  return word.endsWith("s") ? `${word}es` : `${word}s`;
}
