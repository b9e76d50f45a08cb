import type { User } from "@kubernetes/client-node";

/** Everything that is needed to talk to one cluster as one person. Holds secrets: never logged, never sent to a browser. */
export interface ClusterCredentials {
  /** Name of the cluster, as shown. */
  readonly cluster: string;
  /** URL of the API server, without a slash at its end. */
  readonly server: string;
  /** CA certificates, PEM; the system's when absent. */
  readonly ca?: string;
  readonly tlsServerName?: string;
  readonly skipTlsVerify?: boolean;
  readonly proxyUrl?: string;
  readonly token?: string;
  /** Client certificate and key, PEM. */
  readonly certificate?: string;
  readonly key?: string;
  /** An exec plugin, auth provider or token file, run by client-node; only when Driftglass runs locally for its owner. */
  readonly plugin?: User;
  readonly impersonate?: Impersonation;
  /** The context's namespace: a candidate for people who can't list namespaces. */
  readonly namespace?: string;
}

/** Whom a kubeconfig user acts as; the API server checks that they may. */
export interface Impersonation {
  readonly user: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
}
