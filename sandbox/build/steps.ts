/** One program to build: a Go package of one of the modules, and the names it is called by. */
export interface BuildStep {
  /** Name of the binary in the cache. */
  readonly name: string;
  /** What a person reads while it builds. */
  readonly title: string;
  /** Folder below sandbox/modules. */
  readonly module: "kubernetes" | "flux" | "argocd";
  readonly package: string;
  /** `-X` settings of the linker. */
  readonly variables: Readonly<Record<string, string>>;
  /** Further names that are linked to the binary, which acts by the name it is called by. */
  readonly links: readonly string[];
  /** Seconds it took on two cores with an empty build cache; only their proportions matter. */
  readonly weight: number;
  /** A program of this name and exactly this version in PATH is used instead of building. */
  readonly inPath?: { readonly version: string; readonly versionArguments: readonly string[] };
}

const kubernetesVersion = {
  "k8s.io/component-base/version.gitVersion": "v1.36.3",
  "k8s.io/component-base/version.gitMajor": "1",
  "k8s.io/component-base/version.gitMinor": "36",
  "k8s.io/component-base/version.gitCommit": "sandbox",
  "k8s.io/component-base/version.gitTreeState": "archive",
};

type StepOfModule = Omit<Partial<BuildStep>, "module"> & Pick<BuildStep, "name" | "title" | "package" | "weight">;

function kubernetesModule(step: StepOfModule): BuildStep {
  return { module: "kubernetes", variables: {}, links: [], ...step };
}

/** What shares its dependencies with the flux command. */
function fluxModule(step: StepOfModule): BuildStep {
  return { module: "flux", variables: {}, links: [], ...step };
}

/** In build order: what has to run first is built first. */
export const buildSteps: readonly BuildStep[] = [
  kubernetesModule({
    name: "sandbox-helper",
    title: "the sandbox's helper and OCI registry",
    package: "./helper",
    weight: 8,
  }),
  kubernetesModule({
    name: "control-plane",
    title: "etcd, the Kubernetes control plane and kubectl",
    package: ".",
    variables: kubernetesVersion,
    links: ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"],
    weight: 282,
  }),
  kubernetesModule({ name: "kwok", title: "KWOK", package: "sigs.k8s.io/kwok/cmd/kwok", weight: 10 }),
  kubernetesModule({
    name: "source-controller",
    title: "Flux's source-controller",
    package: "github.com/fluxcd/source-controller",
    weight: 101,
  }),
  kubernetesModule({
    name: "kustomize-controller",
    title: "Flux's kustomize-controller",
    package: "github.com/fluxcd/kustomize-controller",
    weight: 40,
  }),
  kubernetesModule({
    name: "helm-controller",
    title: "Flux's helm-controller",
    package: "github.com/fluxcd/helm-controller",
    weight: 20,
  }),
  kubernetesModule({
    name: "notification-controller",
    title: "Flux's notification-controller",
    package: "github.com/fluxcd/notification-controller",
    weight: 40,
  }),
  kubernetesModule({
    name: "helm",
    title: "Helm 4",
    package: "helm.sh/helm/v4/cmd/helm",
    variables: { "helm.sh/helm/v4/internal/version.version": "v4.2.4" },
    weight: 8,
    inPath: { version: "v4.2.4", versionArguments: ["version", "--template", "{{.Version}}"] },
  }),
  kubernetesModule({
    name: "helm3",
    title: "Helm 3",
    package: "helm.sh/helm/v3/cmd/helm",
    variables: { "helm.sh/helm/v3/internal/version.version": "v3.21.4" },
    weight: 10,
    inPath: { version: "v3.21.4", versionArguments: ["version", "--template", "{{.Version}}"] },
  }),
  kubernetesModule({
    name: "kustomize",
    title: "Kustomize",
    package: "sigs.k8s.io/kustomize/kustomize/v5",
    variables: { "sigs.k8s.io/kustomize/api/provenance.version": "v5.8.1" },
    weight: 4,
    inPath: { version: "v5.8.1", versionArguments: ["version"] },
  }),
  fluxModule({
    name: "image-reflector-controller",
    title: "Flux's image-reflector-controller",
    package: "github.com/fluxcd/image-reflector-controller",
    weight: 12,
  }),
  fluxModule({
    name: "image-automation-controller",
    title: "Flux's image-automation-controller",
    package: "github.com/fluxcd/image-automation-controller",
    weight: 8,
  }),
  fluxModule({
    name: "flux",
    title: "the flux command",
    package: "github.com/fluxcd/flux2/v2/cmd/flux",
    variables: { "main.VERSION": "2.9.5" },
    weight: 40,
    inPath: { version: "flux version 2.9.5", versionArguments: ["--version"] },
  }),
  {
    name: "argocd",
    title: "Argo CD",
    module: "argocd",
    package: "github.com/argoproj/argo-cd/v3/cmd",
    variables: { "github.com/argoproj/argo-cd/v3/common.version": "3.2.11" },
    links: ["argocd-application-controller", "argocd-repo-server", "argocd-server"],
    weight: 212,
  },
];
