import type { ArgocdTokens } from "./cluster/argocd-accounts.ts";

/**
 * What a running sandbox offers to the scenario and to tests.
 *
 * All URLs are on the loopback, all paths absolute. Everything here is written to `sandbox.json` in the
 * state folder once the sandbox is up, so that tests and the demo can read it back.
 */
export interface SandboxContext {
  /** Name of this sandbox; two with different names run side by side. */
  readonly name: string;
  /** Folder that holds all state of this sandbox (etcd data, logs, keys, work trees). */
  readonly stateDirectory: string;
  /** Folder with the built programs: `kubectl`, `flux`, `helm`, `helm3`, `kustomize`, and the servers. */
  readonly binDirectory: string;
  /** Kubeconfig with cluster-admin rights that the sandbox itself uses. */
  readonly adminKubeconfig: string;
  /** `https://127.0.0.1:PORT` of kube-apiserver. */
  readonly apiServerUrl: string;
  /** `http://127.0.0.1:PORT` of the Git server; repositories are `${gitUrl}/NAME.git`, pushes are allowed. */
  readonly gitUrl: string;
  /** `127.0.0.1:PORT` of the OCI registry (plain HTTP). */
  readonly registryHost: string;
  /** `http://127.0.0.1:PORT` that serves a Helm repository's index.yaml and charts from `chartRepositoryDirectory`. */
  readonly chartRepositoryUrl: string;
  /** Folder that `chartRepositoryUrl` serves. */
  readonly chartRepositoryDirectory: string;
  /** `127.0.0.1:PORT` where source-controller serves artifacts. */
  readonly artifactHost: string;
  /** Argo CD's API server (plain HTTP) and tokens for it; absent without engines. */
  readonly argocdServer?: { readonly url: string; readonly tokens: ArgocdTokens };
  /** `https://127.0.0.1:PORT` of the OpenID provider; absent where a sandbox was started before there was one. */
  readonly oidcIssuer?: string;
  /** The people that can log in. */
  readonly logins: readonly SandboxLogin[];
}

/** One person of the scenario. `kubeconfig` is a path; `token` is absent for the client certificate login. */
export interface SandboxLogin {
  readonly name: "admin" | "viewer" | "team" | "admin-certificate";
  readonly description: string;
  readonly token?: string;
  readonly kubeconfig: string;
}
