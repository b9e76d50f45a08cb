import { mkdir } from "node:fs/promises";
import { join } from "node:path";

/** Names of all ports of a sandbox, in the order in which a block hands them out. */
export const portNames = [
  "etcd",
  "etcd-peer",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "pod-logs",
  "git-server",
  "chart-server",
  "registry",
  "redis",
  "source-controller",
  "source-controller-health",
  "source-controller-metrics",
  "kustomize-controller-health",
  "kustomize-controller-metrics",
  "helm-controller-health",
  "helm-controller-metrics",
  "notification-controller",
  "notification-controller-receiver",
  "notification-controller-health",
  "notification-controller-metrics",
  "argocd-repo-server",
  "argocd-repo-server-metrics",
  "argocd-application-controller-metrics",
  "argocd-server",
  "argocd-server-metrics",
  "argocd-applicationset-controller-metrics",
  "argocd-applicationset-controller-health",
  "argocd-applicationset-controller-webhook",
  "oidc-provider",
  "image-reflector-controller-health",
  "image-reflector-controller-metrics",
  "image-automation-controller-health",
  "image-automation-controller-metrics",
] as const;

export type PortName = (typeof portNames)[number];

/** Where everything of one sandbox is: folders, ports and addresses. */
export interface Layout {
  readonly name: string;
  readonly directory: string;
  readonly bin: string;
  readonly keys: string;
  readonly kubeconfigs: string;
  readonly logs: string;
  readonly data: string;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly apiServerUrl: string;
  /** Issuer of the tokens of people who log in at the OpenID provider. */
  readonly oidcIssuer: string;
  /** Kubeconfig of the sandbox itself, with all rights. */
  readonly adminKubeconfig: string;
}

/** Computes a layout and makes its folders. */
export async function makeLayout(
  name: string,
  directory: string,
  bin: string,
  ports: Readonly<Record<PortName, number>>,
): Promise<Layout> {
  const folder = (part: string): string => join(directory, part);
  const layout = {
    name,
    directory,
    bin,
    keys: folder("keys"),
    kubeconfigs: folder("kubeconfigs"),
    logs: folder("logs"),
    data: folder("data"),
    ports,
    apiServerUrl: `https://127.0.0.1:${ports["kube-apiserver"]}`,
    oidcIssuer: `https://127.0.0.1:${ports["oidc-provider"]}`,
    adminKubeconfig: join(folder("kubeconfigs"), "sandbox.yaml"),
  };
  const data = ["etcd", "git", "charts", "source", "images", "tmp", "argocd/tls", "argocd/ssh", "argocd/bin", "redis"];
  const folders = [layout.keys, layout.kubeconfigs, layout.logs, ...data.map((part) => join(layout.data, part))];
  await Promise.all(folders.map((path) => mkdir(path, { recursive: true, mode: 0o700 })));
  return layout;
}
