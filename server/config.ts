import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { argocdConfig, argocdEnvironment, type ArgocdConfig } from "./argocd-config.ts";
import { loginConfig, loginEnvironmentSchema, type LoginConfig } from "./login-config.ts";
import { sharingConfig, sharingEnvironment, type SharingConfig } from "#server/http/replicas/sharing-config.ts";
import { recordsConfig, recordsEnvironment, type RecordsConfig } from "./recorded/records-config.ts";

const list = z
  .string()
  .optional()
  .transform((text) => (text ?? "").split(/[\s,]+/).filter((item) => item !== ""));
const path = z.string().min(1).optional();

const environmentSchema = loginEnvironmentSchema.extend({
  DRIFTGLASS_MODE: z.enum(["local", "hosted"]).optional(),
  DRIFTGLASS_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DRIFTGLASS_KUBECONFIG: path,
  DRIFTGLASS_CLUSTER_NAME: z.string().min(1).max(253).optional(),
  DRIFTGLASS_CLUSTER_CA: path,
  DRIFTGLASS_API_SERVERS: list,
  DRIFTGLASS_NAMESPACES: list,
  DRIFTGLASS_ARTIFACT_HOSTS: list,
  DRIFTGLASS_HELM: path,
  DRIFTGLASS_FLUX: path,
  DRIFTGLASS_KUBECTL: path,
  ...argocdEnvironment,
  ...recordsEnvironment,
  ...sharingEnvironment,
  KUBECONFIG: z.string().optional(),
  KUBERNETES_SERVICE_HOST: z.string().optional(),
  KUBERNETES_SERVICE_PORT: z.string().default("443"),
  PATH: z.string().default(""),
});

/** How this Driftglass is set up. Read once from the environment when it starts. */
export interface Config {
  /** `local`: for the one person who started it, with their kubeconfig; `hosted`: for many, with no credentials of its own. */
  readonly mode: "local" | "hosted";
  /** The origin that browsers see. */
  readonly publicUrl?: string;
  /** The kubeconfig files of this machine, in kubectl's order; used in local mode alone. */
  readonly kubeconfigPaths: readonly string[];
  /** Whether it runs in a cluster, whose API server a bare token is then for. */
  readonly inCluster: boolean;
  /** What the in-cluster API server is called on screen. */
  readonly clusterName: string;
  /** File with the certificate authority of the in-cluster API server; read at each login, so that it may be renewed. */
  readonly clusterCaPath: string;
  /** `host:port` of the API server of the cluster that it runs in, as the cluster told its pods. */
  readonly ownServer?: string;
  /** Hosts of API servers that uploaded kubeconfigs may name; empty: see `mayConnect`. */
  readonly apiServers: readonly string[];
  /** Namespaces that are tried for people who can't list namespaces. */
  readonly namespaceCandidates: readonly string[];
  /** `host:port` pairs from which Flux artifacts are fetched directly. */
  readonly artifactHosts: readonly string[];
  readonly toolPaths: { readonly helm?: string; readonly flux?: string; readonly kubectl?: string };
  readonly searchPath: string;
  /** Argo CD's API servers. */
  readonly argocd: ArgocdConfig;
  /** How people may log in. */
  readonly login: LoginConfig;
  /** Where releases are recorded; absent where they are not. */
  readonly records?: RecordsConfig;
  /** How replicas keep their sessions in common; absent where each has its own. */
  readonly sharing?: SharingConfig;
}

/**
 * Reads and checks the configuration.
 *
 * @throws Error that names each variable that is wrong and what it should be.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw faulty(faults);
  }
  const env = parsed.data;
  const inCluster = env.KUBERNETES_SERVICE_HOST !== undefined;
  const mode = env.DRIFTGLASS_MODE ?? (inCluster ? "hosted" : "local");
  const login = orFaulty(() => loginConfig(env, mode));
  const sharing = orFaulty(() => sharingConfig(env, mode, env.PORT));
  const records = recordsConfig(env, mode);
  const files = env.DRIFTGLASS_KUBECONFIG ?? env.KUBECONFIG;
  return {
    mode,
    login,
    ...(env.DRIFTGLASS_PUBLIC_URL !== undefined && { publicUrl: env.DRIFTGLASS_PUBLIC_URL }),
    kubeconfigPaths: files
      ? files.split(delimiter).filter((file) => file !== "")
      : [join(homedir(), ".kube", "config")],
    inCluster,
    ...(env.KUBERNETES_SERVICE_HOST !== undefined && {
      ownServer: `${bracketed(env.KUBERNETES_SERVICE_HOST)}:${env.KUBERNETES_SERVICE_PORT}`,
    }),
    clusterName: env.DRIFTGLASS_CLUSTER_NAME ?? "in-cluster",
    clusterCaPath: env.DRIFTGLASS_CLUSTER_CA ?? "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
    apiServers: env.DRIFTGLASS_API_SERVERS,
    namespaceCandidates: env.DRIFTGLASS_NAMESPACES,
    artifactHosts: env.DRIFTGLASS_ARTIFACT_HOSTS,
    argocd: argocdConfig(env),
    toolPaths: {
      ...(env.DRIFTGLASS_HELM !== undefined && { helm: env.DRIFTGLASS_HELM }),
      ...(env.DRIFTGLASS_FLUX !== undefined && { flux: env.DRIFTGLASS_FLUX }),
      ...(env.DRIFTGLASS_KUBECTL !== undefined && { kubectl: env.DRIFTGLASS_KUBECTL }),
    },
    searchPath: env.PATH,
    ...(records && { records }),
    ...(sharing && { sharing }),
  };
}

function orFaulty<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw faulty([error instanceof Error ? error.message : String(error)]);
  }
}

function faulty(faults: readonly string[]): Error {
  return new Error(
    `Driftglass can't start with this configuration:\n  ${faults.join("\n  ")}\nSee docs/operations.md.`,
  );
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
