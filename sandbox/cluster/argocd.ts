import { symlink } from "node:fs/promises";
import { join } from "node:path";

import type { ComponentDefinition } from "../process/component.ts";
import { acceptsConnections, answersHttp } from "../process/ready.ts";
import { accountRoles, accountSecrets, accountSettings } from "./argocd-accounts.ts";
import type { Layout } from "./layout.ts";
import type { KubernetesObject } from "./resource-path.ts";

export const argocdNamespace = "argocd";

/** Seconds after which Argo CD looks at Git again, so that a commit is seen soon. */
const resyncSeconds = 15;

/** Argo CD's controllers, repo-server and API server, and the Redis between them. */
export function argocdComponents(layout: Layout): ComponentDefinition[] {
  const { ports, bin, data, adminKubeconfig } = layout;
  const folder = join(data, "argocd");
  const redisAddress = `127.0.0.1:${ports.redis}`;
  const environment = {
    KUBECONFIG: adminKubeconfig,
    // It takes the kubeconfig for the cluster it runs in.
    ARGOCD_FAKE_IN_CLUSTER: "true",
    ARGOCD_GPG_ENABLED: "false",
    ARGOCD_TLS_DATA_PATH: join(folder, "tls"),
    ARGOCD_SSH_DATA_PATH: join(folder, "ssh"),
    TMPDIR: join(data, "tmp"),
    HOME: folder,
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
  };
  const inCluster = ["--namespace", argocdNamespace, "--kubeconfig", adminKubeconfig];
  const quiet = ["--loglevel", "warn"];
  const controllerMetrics = ports["argocd-application-controller-metrics"];
  const repoServer = `127.0.0.1:${ports["argocd-repo-server"]}`;
  const manifests = ["--repo-server", repoServer, "--repo-server-plaintext", "--redis", redisAddress];
  const setHealth = `127.0.0.1:${ports["argocd-applicationset-controller-health"]}`;
  return [
    {
      name: "redis",
      command: [
        "redis-server",
        "--bind",
        "127.0.0.1",
        "--port",
        String(ports.redis),
        "--dir",
        join(data, "redis"),
        "--save",
        "",
        "--appendonly",
        "no",
        "--daemonize",
        "no",
      ],
      isReady: acceptsConnections(ports.redis),
    },
    {
      name: "argocd-repo-server",
      command: [
        join(bin, "argocd-repo-server"),
        "--address",
        "127.0.0.1",
        "--port",
        String(ports["argocd-repo-server"]),
        "--metrics-address",
        "127.0.0.1",
        "--metrics-port",
        String(ports["argocd-repo-server-metrics"]),
        "--disable-tls",
        "--redis",
        redisAddress,
        "--revision-cache-expiration",
        "5s",
        ...quiet,
      ],
      environment,
      isReady: answersHttp(`http://127.0.0.1:${ports["argocd-repo-server-metrics"]}/healthz?full=true`),
    },
    {
      name: "argocd-application-controller",
      command: [
        join(bin, "argocd-application-controller"),
        ...inCluster,
        ...manifests,
        // The only port that isn't on the loopback: this controller has no flag for the address of its metrics.
        "--metrics-port",
        String(controllerMetrics),
        "--app-resync",
        String(resyncSeconds),
        "--app-resync-jitter",
        "0",
        "--status-processors",
        "4",
        "--operation-processors",
        "4",
        ...quiet,
      ],
      environment,
      isReady: answersHttp(`http://127.0.0.1:${controllerMetrics}/healthz`),
    },
    {
      name: "argocd-applicationset-controller",
      command: [
        join(folder, "bin", "argocd-applicationset-controller"),
        ...inCluster,
        "--argocd-repo-server",
        repoServer,
        "--repo-server-plaintext",
        "--metrics-addr",
        `127.0.0.1:${ports["argocd-applicationset-controller-metrics"]}`,
        "--probe-addr",
        setHealth,
        "--webhook-addr",
        `127.0.0.1:${ports["argocd-applicationset-controller-webhook"]}`,
        ...quiet,
      ],
      environment,
      // It answers probes without having registered one.
      isReady: acceptsConnections(ports["argocd-applicationset-controller-health"]),
    },
    {
      name: "argocd-server",
      command: [
        join(bin, "argocd-server"),
        ...inCluster,
        "--insecure",
        "--address",
        "127.0.0.1",
        "--port",
        String(ports["argocd-server"]),
        "--metrics-address",
        "127.0.0.1",
        "--metrics-port",
        String(ports["argocd-server-metrics"]),
        ...manifests,
        ...quiet,
      ],
      environment,
      isReady: answersHttp(`http://127.0.0.1:${ports["argocd-server"]}/healthz`),
    },
  ];
}

/** Puts the programs that Argo CD calls where it finds them: it speaks Helm 3's command line. */
export async function linkArgocdTools({ bin, data }: Layout): Promise<void> {
  const folder = join(data, "argocd", "bin");
  await Promise.all([
    symlink(join(bin, "helm3"), join(folder, "helm")),
    symlink(join(bin, "kustomize"), join(folder, "kustomize")),
    // The binary acts by the name it is called by.
    symlink(join(bin, "argocd"), join(folder, "argocd-applicationset-controller")),
  ]);
}

/** The settings that Argo CD refuses to start without, and the accounts of its API server. */
export function argocdSettings(serverKey: string): KubernetesObject[] {
  const metadata = (name: string): KubernetesObject["metadata"] & { labels: Record<string, string> } => ({
    name,
    namespace: argocdNamespace,
    labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "argocd" },
  });
  const configMap = (name: string, data: Record<string, string> = {}): KubernetesObject => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadata(name),
    data,
  });
  return [
    configMap("argocd-cm", { "timeout.reconciliation": `${resyncSeconds}s`, ...accountSettings }),
    configMap("argocd-rbac-cm", accountRoles),
    configMap("argocd-tls-certs-cm"),
    configMap("argocd-ssh-known-hosts-cm", { ssh_known_hosts: "" }),
    configMap("argocd-gpg-keys-cm"),
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: metadata("argocd-secret"),
      stringData: { "server.secretkey": serverKey, ...accountSecrets },
    },
  ];
}

/** The project that Applications belong to; needs Argo CD's CRDs. */
export function argocdProject(): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "default", namespace: argocdNamespace },
    spec: {
      sourceRepos: ["*"],
      destinations: [{ namespace: "*", server: "*" }],
      clusterResourceWhitelist: [{ group: "*", kind: "*" }],
    },
  };
}
