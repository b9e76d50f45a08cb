import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { ArgoServer } from "#server/desired/argocd/argo-api.ts";

const entry = /^(?:([\w.@:/-]*[\w.@-])=)?(https?:\/\/\S+)$/;

/** What the environment says of Argo CD's API servers: `URL` for every cluster, or `CLUSTER=URL` for each. */
export const argocdEnvironment = {
  DRIFTGLASS_ARGOCD_SERVER: z
    .string()
    .optional()
    .transform((text) => (text ?? "").split(/[\s,]+/).filter((item) => item !== ""))
    .refine((items) => items.every((item) => isServer(item)), "must be a URL, or CLUSTER=URL for each cluster"),
  DRIFTGLASS_ARGOCD_CA_FILE: z.string().min(1).optional(),
};

/** Argo CD's API servers, the only ones that Driftglass ever asks. */
export interface ArgocdConfig {
  /** Without a cluster: for every one that has none of its own. */
  readonly servers: readonly { readonly cluster?: string; readonly url: URL }[];
  /** PEM file of the authority that signed their certificates; read at each login, so that it may be renewed. */
  readonly caPath?: string;
}

/** Reads the settings, which have been checked. */
export function argocdConfig(env: {
  readonly DRIFTGLASS_ARGOCD_SERVER: readonly string[];
  readonly DRIFTGLASS_ARGOCD_CA_FILE?: string | undefined;
}): ArgocdConfig {
  const { DRIFTGLASS_ARGOCD_SERVER: servers, DRIFTGLASS_ARGOCD_CA_FILE: caPath } = env;
  return {
    servers: servers.map((item) => {
      const [, cluster, url = ""] = entry.exec(item) ?? [];
      return { url: new URL(url), ...(cluster !== undefined && { cluster }) };
    }),
    ...(caPath !== undefined && { caPath }),
  };
}

/** The server for a cluster; undefined where none is configured. */
export async function argocdServer(
  { servers, caPath }: ArgocdConfig,
  cluster: string,
): Promise<ArgoServer | undefined> {
  const found =
    servers.find((server) => server.cluster === cluster) ?? servers.find((server) => server.cluster === undefined);
  if (found === undefined) return undefined;
  return { url: found.url, ...(caPath !== undefined && { ca: await readFile(caPath, "utf8") }) };
}

/** Credentials in the URL would reach logs and screens. */
function isServer(item: string): boolean {
  const url = entry.exec(item)?.[2];
  if (url === undefined || !URL.canParse(url)) return false;
  const { username, password, search, hash } = new URL(url);
  return [username, password, search, hash].every((part) => part === "");
}
