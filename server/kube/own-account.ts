import { readFile } from "node:fs/promises";
import { type ClusterCredentials, credentialsFromLocal, readLocalKubeconfig } from "./credentials.ts";
import { fileTokenSource } from "./file-token-source.ts";

/** The API server as pods call it. */
export const inClusterServer = "https://kubernetes.default.svc";

/** Where the account is that Driftglass keeps things of its own with, for those who want that. */
export interface OwnAccount {
  /** File with the token of the pod's service account. */
  readonly tokenPath: string;
  /** Used instead of the pod's own account: its current context. */
  readonly kubeconfig?: string;
}

/** Its credentials. `caPath` is the cluster's own certificate authority, for the pod's account. @throws CredentialError when the kubeconfig can't be used */
export async function credentialsOfAccount(
  { kubeconfig, tokenPath }: OwnAccount,
  caPath: string,
): Promise<ClusterCredentials> {
  if (kubeconfig !== undefined) {
    const document = await readLocalKubeconfig([kubeconfig]);
    return await credentialsFromLocal(document, document.current ?? "");
  }
  return {
    cluster: "in-cluster",
    server: inClusterServer,
    ca: await readFile(caPath, "utf8"),
    tokens: fileTokenSource(tokenPath),
  };
}
