/** Who writes fields under a name, in words. */
export type ManagerWords = {
  /** What the group is called. */
  readonly label: string;
  /** Whether somebody did it by hand, past every engine: the drift that people mean. */
  readonly byHand: boolean;
};

/*
 * Names of field managers, the most exact first. kubectl: cmd/util `GetFieldManager` and each command's own default; controllers:
 * kube-controller-manager's user agents; engines: their `FieldManager` constants.
 */
const known: ReadonlyArray<[name: RegExp, label: string, byHand?: true]> = [
  [/^kubectl-edit$/, "kubectl edit", true],
  [/^kubectl-patch$/, "kubectl patch", true],
  [/^kubectl-set$/, "kubectl set", true],
  [/^kubectl-label$/, "kubectl label", true],
  [/^kubectl-annotate$/, "kubectl annotate", true],
  [/^kubectl-rollout$/, "kubectl rollout", true],
  [/^kubectl-client-side-apply$|^kubectl-last-applied$/, "kubectl apply", true],
  [/^kubectl-create$/, "kubectl create", true],
  [/^kubectl(?:-.*)?$/, "kubectl", true],
  [/^k9s/, "k9s", true],
  [/^(?:node-fetch|Lens|OpenLens)/, "Lens", true],
  [/^Mozilla$/, "a dashboard", true],
  [/horizontal-pod-autoscaler|^hpa/i, "Horizontal autoscaler"],
  [/^vpa|vertical-pod-autoscaler/i, "Vertical autoscaler"],
  [/^keda/i, "KEDA"],
  [/^cluster-autoscaler/, "Cluster autoscaler"],
  [/^kube-controller-manager$/, "Kubernetes' own controllers"],
  [/^kube-scheduler$/, "The scheduler"],
  [/^kubelet/, "kubelet"],
  [/^cert-manager/, "cert-manager"],
  [/^kustomize-controller$/, "Flux (kustomize-controller)"],
  [/^helm-controller$/, "Flux (helm-controller)"],
  [/^argocd/, "Argo CD"],
  [/^helm$/i, "Helm"],
  [/^driftglass$/, "Driftglass"],
];

/** A field manager in words; one that nobody knows goes by its own name. */
export function managerWords(manager: string | undefined): ManagerWords {
  if (manager === undefined) return { label: "Nobody that is known", byHand: false };
  for (const [name, label, byHand = false] of known) if (name.test(manager)) return { label, byHand };
  return { label: manager, byHand: false };
}
