import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How the person of a kubeconfig proves who they are. */
export type Credentials = { readonly token: string } | { readonly certificate: Buffer; readonly key: Buffer };

/** A kubeconfig for one cluster and one person, with everything inline so that it can be copied anywhere. */
export function renderKubeconfig(options: {
  readonly server: string;
  readonly certificateAuthority: Buffer;
  readonly user: string;
  readonly credentials: Credentials;
  readonly namespace?: string;
}): string {
  const { credentials, user } = options;
  const person =
    "token" in credentials
      ? { token: credentials.token }
      : {
          "client-certificate-data": credentials.certificate.toString("base64"),
          "client-key-data": credentials.key.toString("base64"),
        };
  const cluster = {
    server: options.server,
    "certificate-authority-data": options.certificateAuthority.toString("base64"),
  };
  const context = { cluster: "sandbox", user, ...(options.namespace ? { namespace: options.namespace } : {}) };
  // JSON is YAML; nothing here needs more.
  return `${JSON.stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "sandbox", cluster }],
      users: [{ name: user, user: person }],
      contexts: [{ name: user, context }],
      "current-context": user,
    },
    undefined,
    2,
  )}\n`;
}

/** Writes a kubeconfig that only its owner may read (Helm complains about others) and returns its path. */
export async function writeKubeconfig(directory: string, name: string, content: string): Promise<string> {
  const path = join(directory, `${name}.yaml`);
  await writeFile(path, content, { mode: 0o600 });
  return path;
}
