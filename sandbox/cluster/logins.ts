import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { SandboxLogin } from "../context.ts";
import { oidcPrefix } from "../servers/oidc-users.ts";
import type { KubeClient } from "./kube-client.ts";
import { renderKubeconfig, writeKubeconfig } from "./kubeconfig.ts";
import type { Layout } from "./layout.ts";
import type { KubernetesObject } from "./resource-path.ts";

/** Namespace of the people's ServiceAccounts. */
export const loginNamespace = "driftglass-logins";

/** The two namespaces in which `team` may act. */
export const teamNamespaces = ["team-a", "doc-router-staging"] as const;

const rbac = "rbac.authorization.k8s.io/v1";
const tokenSeconds = 365 * 24 * 3600;

const descriptions = {
  admin: "may do everything (ServiceAccount token)",
  viewer: "may read everything and change nothing (ServiceAccount token)",
  team: `may act in ${teamNamespaces.join(" and ")} only, can't list namespaces (ServiceAccount token)`,
  "admin-certificate": "may do everything (client certificate)",
} as const;

const tokenLogins = ["admin", "viewer", "team"] as const;

/** ServiceAccounts, roles and bindings of the logins; the namespaces must exist. */
export function loginObjects(): KubernetesObject[] {
  const engineGroups = ["source", "kustomize", "helm", "notification"].map((name) => `${name}.toolkit.fluxcd.io`);
  const role = (name: string, rules: readonly unknown[]): KubernetesObject => ({
    apiVersion: rbac,
    kind: "ClusterRole",
    metadata: { name },
    rules,
  });
  const group = (name: string): unknown => ({
    apiGroup: "rbac.authorization.k8s.io",
    kind: "Group",
    name: `${oidcPrefix}${name}`,
  });
  const oidcBindings = (): KubernetesObject[] => [
    bind("oidc-platform", "cluster-admin", group("platform")),
    bind("oidc-viewers", "driftglass-viewer", group("viewers")),
    bind("oidc-team", "admin", group("team-a"), "team-a"),
    bind("oidc-team-engines", "driftglass-team-engines", group("team-a"), "team-a"),
  ];
  const account = (name: string): unknown => ({ kind: "ServiceAccount", name, namespace: loginNamespace });
  const bind = (name: string, roleName: string, subject: unknown, namespace?: string): KubernetesObject => ({
    apiVersion: rbac,
    kind: namespace ? "RoleBinding" : "ClusterRoleBinding",
    metadata: { name: `driftglass-${name}`, ...(namespace ? { namespace } : {}) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
    subjects: [subject],
  });
  return [
    ...tokenLogins.map((name) => ({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name, namespace: loginNamespace },
    })),
    role("driftglass-viewer", [
      { apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] },
      { nonResourceURLs: ["*"], verbs: ["get"] },
    ]),
    role("driftglass-team-engines", [{ apiGroups: [...engineGroups, "argoproj.io"], resources: ["*"], verbs: ["*"] }]),
    ...oidcBindings(),
    bind("admin", "cluster-admin", account("admin")),
    bind("viewer", "driftglass-viewer", account("viewer")),
    bind("admin-certificate", "cluster-admin", {
      apiGroup: "rbac.authorization.k8s.io",
      kind: "Group",
      name: "driftglass:admins",
    }),
    ...teamNamespaces.flatMap((namespace) => [
      bind("team", "admin", account("team"), namespace),
      bind("team-engines", "driftglass-team-engines", account("team"), namespace),
    ]),
  ];
}

/** Gets a token for each ServiceAccount and writes everyone's kubeconfig. */
export async function createLogins(client: KubeClient, layout: Layout): Promise<SandboxLogin[]> {
  const read = (name: string): Promise<Buffer> => readFile(join(layout.keys, name));
  const certificateAuthority = await read("ca.crt");
  const base = { server: layout.apiServerUrl, certificateAuthority };
  const withTokens = tokenLogins.map(async (name): Promise<SandboxLogin> => {
    const token = await requestToken(client, name);
    const namespace = name === "team" ? { namespace: teamNamespaces[0] } : {};
    const content = renderKubeconfig({ ...base, user: name, credentials: { token }, ...namespace });
    const kubeconfig = await writeKubeconfig(layout.kubeconfigs, name, content);
    return { name, description: descriptions[name], token, kubeconfig };
  });
  const withCertificate = async (): Promise<SandboxLogin> => {
    const name = "admin-certificate";
    const [certificate, key] = await Promise.all([read(`${name}.crt`), read(`${name}.key`)]);
    const content = renderKubeconfig({ ...base, user: name, credentials: { certificate, key } });
    const kubeconfig = await writeKubeconfig(layout.kubeconfigs, name, content);
    return { name, description: descriptions[name], kubeconfig };
  };
  return Promise.all([...withTokens, withCertificate()]);
}

async function requestToken(client: KubeClient, account: string): Promise<string> {
  const answer = await client.send("POST", `/api/v1/namespaces/${loginNamespace}/serviceaccounts/${account}/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: tokenSeconds },
  });
  const { status } = answer as { status?: { token?: string } };
  if (!status?.token) throw new Error(`no token for ${account}`);
  return status.token;
}
