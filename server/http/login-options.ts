import type { LoginOptions } from "#lib/api/session-contract.ts";
import { contextsOf } from "#server/kube/kubeconfig-document.ts";
import { holdsLaunchProof } from "./launch.ts";
import { isCredentialFault } from "./problem.ts";
import { proxyUserOf } from "./proxy-user.ts";
import type { HttpRuntime } from "./runtime-interface.ts";

/**
 * `GET /api/v1/login-options`: what the login page offers. Never fails for a kubeconfig that can't be read: it says why instead. The contexts of
 * a local kubeconfig are told to the browser of whoever started the server alone.
 */
export async function loginOptions(request: Request, runtime: HttpRuntime): Promise<LoginOptions> {
  const endpoints = await runtime.logins.tokenClusters().catch(() => []);
  const clusters = endpoints.map(({ cluster, server }) => ({ name: cluster, server }));
  const [first] = clusters;
  const user = proxyUserOf(request, runtime.config)?.user;
  const options: Omit<LoginOptions, "contexts"> = {
    ...(first ? { tokenCluster: first } : {}),
    ...(clusters.length > 1 ? { tokenClusters: clusters } : {}),
    ...(runtime.oidc ? { oidc: { name: runtime.oidc.name } } : {}),
    ...(user === undefined ? {} : { proxy: { user } }),
  };
  if (!holdsLaunchProof(request, runtime)) {
    return {
      ...options,
      contexts: [],
      message: "Contexts of this machine are offered once you open the link that Driftglass printed at its start.",
    };
  }
  try {
    const document = await runtime.logins.localKubeconfig();
    return {
      ...options,
      contexts: document ? contextsOf(document).map(({ name, cluster, current }) => ({ name, cluster, current })) : [],
    };
  } catch (error) {
    if (!isCredentialFault(error)) throw error;
    return { ...options, contexts: [], message: `${error.message} ${error.hint}` };
  }
}
