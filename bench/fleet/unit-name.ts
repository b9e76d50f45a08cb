import { nameOf, namespaceOf, type Owner } from "./plan.ts";

const words = {
  "flux-kustomization": "app",
  "flux-helmrelease": "chart",
  argocd: "argo",
  helm: "release",
} as const;

/** Namespace and name of a unit. Argo CD's Applications live in its own namespace. */
export function unitName({ engine, index }: Owner): { namespace: string; name: string } {
  return { namespace: engine === "argocd" ? "argocd" : namespaceOf(index), name: nameOf(words[engine], index) };
}
