import type { Engine } from "#lib/model/application.ts";

/** An engine in the words of its users, short enough for a column. */
export const engineLabel: Record<Engine, string> = {
  "flux-kustomization": "Kustomization",
  "flux-helmrelease": "HelmRelease",
  argocd: "Argo CD",
  helm: "Helm",
  kubectl: "kubectl",
};

/** An engine in full. */
export const engineName: Record<Engine, string> = {
  "flux-kustomization": "Flux Kustomization",
  "flux-helmrelease": "Flux HelmRelease",
  argocd: "Argo CD Application",
  helm: "Helm release",
  kubectl: "kubectl apply",
};
